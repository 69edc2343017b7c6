package io.clawlive.server.platform.web.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.platform.web.json.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, as if all messages were one: the items of the first list of the message pass
 * through, everything else is merged and stands behind them.
 */
final class MergedJson implements StreamForm {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator out;
  private final @Nullable FieldDescriptor list;
  private final DynamicMessage.Builder rest;

  MergedJson(Descriptor type) {
    this.list =
        type.getFields().stream()
            .filter(field -> field.isRepeated() && !field.isMapField())
            .findFirst()
            .orElse(null);
    this.rest = DynamicMessage.newBuilder(type);
    try {
      this.out = JsonText.generator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String contentType() {
    return Transcoder.JSON;
  }

  @Override
  public byte[] begin() {
    return written(() -> {
      out.writeStartObject();
      if (list != null) {
        out.writeArrayFieldStart(list.getName());
      }
    });
  }

  @Override
  public byte[] message(Message message) {
    return written(() -> {
      Message.Builder others = message.toBuilder();
      if (list != null) {
        for (Object item : (List<?>) message.getField(list)) {
          MessageWriter.writeItem(list, item, out);
        }
        others.clearField(list);
      }
      rest.mergeFrom(others.build());
    });
  }

  @Override
  public byte[] quiet() {
    return new byte[0];
  }

  @Override
  public byte[] end() {
    return written(() -> {
      if (list != null) {
        out.writeEndArray();
      }
      Message others = rest.build();
      for (FieldDescriptor field : others.getDescriptorForType().getFields()) {
        if (!field.equals(list)) {
          MessageWriter.writeField(field, others, out);
        }
      }
      out.writeEndObject();
    });
  }

  @Override
  public Optional<byte[]> failure(ErrorBody error) {
    return Optional.empty();
  }

  private interface Writing {
    void run() throws IOException;
  }

  private byte[] written(Writing writing) {
    try {
      writing.run();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] written = bytes.toByteArray();
    bytes.reset();
    return written;
  }
}
