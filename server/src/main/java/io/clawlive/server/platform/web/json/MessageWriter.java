package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;

/**
 * Writes messages as JSON. Every plain field is written, set or not, so that a reader needs no
 * defaults; messages, fields of a oneof and optional ones only when they are set.
 */
public final class MessageWriter {
  private MessageWriter() {}

  /** Writes a message. */
  public static void write(Message message, JsonGenerator out) throws IOException {
    WellKnown known = WellKnown.of(message.getDescriptorForType());
    if (known != null) {
      known.write(message, out);
      return;
    }
    out.writeStartObject();
    if (EventShape.is(message.getDescriptorForType())) {
      EventShape.write(message, out);
    } else {
      for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
        writeField(field, message, out);
      }
    }
    out.writeEndObject();
  }

  /** Writes a field with its name, unless it is one that is left out. */
  public static void writeField(FieldDescriptor field, Message message, JsonGenerator out)
      throws IOException {
    if (!field.hasPresence() || message.hasField(field)) {
      out.writeFieldName(field.getName());
      writeValue(field, message.getField(field), out);
    }
  }

  /** Writes the value of a field, all of it when it is repeated. */
  public static void writeValue(FieldDescriptor field, Object value, JsonGenerator out)
      throws IOException {
    if (field.isMapField()) {
      out.writeStartObject();
      for (Object entry : (List<?>) value) {
        writeEntry(field, (Message) entry, out);
      }
      out.writeEndObject();
    } else if (field.isRepeated()) {
      out.writeStartArray();
      for (Object item : (List<?>) value) {
        writeItem(field, item, out);
      }
      out.writeEndArray();
    } else {
      writeItem(field, value, out);
    }
  }

  private static void writeEntry(FieldDescriptor map, Message entry, JsonGenerator out)
      throws IOException {
    FieldDescriptor values = map.getMessageType().findFieldByNumber(2);
    out.writeFieldName(entry.getField(map.getMessageType().findFieldByNumber(1)).toString());
    writeItem(values, entry.getField(values), out);
  }

  /** Writes one value of a field. */
  public static void writeItem(FieldDescriptor field, Object value, JsonGenerator out)
      throws IOException {
    if (field.getJavaType() == JavaType.MESSAGE) {
      write((Message) value, out);
    } else {
      Scalars.write(field, value, out);
    }
  }
}
