package io.clawlive.server.platform.web.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.clawlive.server.platform.web.json.EventShape;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.platform.web.json.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Server-sent events. Every event of a stream is one of its own, named by its kind, its sequence
 * the id; every other field of a message is one that is named as the field is. Whoever comes again
 * with the last id in {@code Last-Event-ID} misses nothing and gets nothing twice.
 */
final class ServerSentEvents implements StreamForm {
  private static final String SEQUENCE = "sequence";
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  @Override
  public String contentType() {
    return Transcoder.EVENT_STREAM;
  }

  @Override
  public byte[] begin() {
    return "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] message(Message message) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonText.generator(bytes)) {
      for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
        if (field.getKey().isRepeated()) {
          for (Object item : (List<?>) field.getValue()) {
            write(field.getKey(), item, out);
          }
        } else {
          write(field.getKey(), field.getValue(), out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(FieldDescriptor field, Object value, JsonGenerator out)
      throws IOException {
    String name = field.getName();
    if (field.getJavaType() == JavaType.MESSAGE) {
      Message message = (Message) value;
      if (EventShape.is(message.getDescriptorForType())) {
        name = EventShape.kind(message);
      }
      FieldDescriptor sequence = message.getDescriptorForType().findFieldByName(SEQUENCE);
      if (sequence != null) {
        out.writeRaw("id: " + message.getField(sequence) + "\n");
      }
    }
    out.writeRaw("event: " + name + "\ndata: ");
    MessageWriter.writeItem(field, value, out);
    out.writeRaw("\n\n");
  }

  @Override
  public byte[] quiet() {
    return COMMENT.clone();
  }

  @Override
  public byte[] end() {
    return new byte[0];
  }

  @Override
  public Optional<byte[]> failure(ErrorBody error) {
    String json = new String(error.json(), StandardCharsets.UTF_8);
    return Optional.of(("event: error\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
