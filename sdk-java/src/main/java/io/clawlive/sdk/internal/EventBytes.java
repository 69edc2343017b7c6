package io.clawlive.sdk.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Encoded events as a spool holds them. */
final class EventBytes {
  private EventBytes() {}

  /** The producer's number, without building the event. */
  static long number(byte[] record) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(record);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == Event.PRODUCER_SEQUENCE_FIELD_NUMBER) {
        return in.readInt64();
      }
      in.skipField(tag);
    }
    return 0;
  }

  static Event parse(byte[] record) {
    try {
      return Event.parseFrom(record);
    } catch (InvalidProtocolBufferException impossible) {
      // The checksum held, so these are the bytes that an event was written as.
      throw new UncheckedIOException(impossible);
    }
  }
}
