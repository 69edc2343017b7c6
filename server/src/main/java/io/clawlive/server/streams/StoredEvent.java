package io.clawlive.server.streams;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.streams.v1.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * An event as the table holds it.
 *
 * <p>An encoded message is a list of fields in any order, so the event that travels is the stored
 * content followed by the two fields that are columns. Nothing is decoded between the disk and the
 * reader.
 *
 * @param kind the number of its payload field
 * @param level the level of a log line, of a chat message whom it is for, 0 for everything else
 * @param content the encoded event without stream_id and sequence
 */
record StoredEvent(long sequence, int kind, int level, byte[] content) {
  /** Field number of {@code events} in every answer that carries events. */
  private static final int EVENTS = 1;

  /** The event as it travels. */
  Event decode(UUID stream) {
    try {
      return Event.parseFrom(content).toBuilder()
          .setStreamId(stream.toString())
          .setSequence(sequence)
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("event " + sequence + " of " + stream + " is damaged", e);
    }
  }

  /** Encodes an answer that holds these events. */
  static byte[] encode(UUID stream, List<StoredEvent> events) {
    byte[] id = idField(stream);
    int size = 0;
    for (StoredEvent event : events) {
      int body = event.bodySize(id);
      size += CodedOutputStream.computeTagSize(EVENTS) + varintSize(body) + body;
    }
    byte[] message = new byte[size];
    var out = CodedOutputStream.newInstance(message);
    try {
      for (StoredEvent event : events) {
        out.writeTag(EVENTS, com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(event.bodySize(id));
        out.writeRawBytes(event.content);
        out.writeRawBytes(id);
        out.writeInt64(Event.SEQUENCE_FIELD_NUMBER, event.sequence);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return message;
  }

  private int bodySize(byte[] id) {
    return content.length
        + id.length
        + CodedOutputStream.computeInt64Size(Event.SEQUENCE_FIELD_NUMBER, sequence);
  }

  private static int varintSize(int value) {
    return CodedOutputStream.computeUInt32SizeNoTag(value);
  }

  private static byte[] idField(UUID stream) {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeString(Event.STREAM_ID_FIELD_NUMBER, stream.toString());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
