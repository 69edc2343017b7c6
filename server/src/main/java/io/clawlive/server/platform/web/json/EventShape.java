package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as {@code {"type": "log", "payload": {…}, "sequence": 7, …}}: the payload's case stands
 * beside it as a word instead of around it. A payload of a kind that this server does not know is
 * written as {@code "unknown:22"} with its bytes.
 */
public final class EventShape {
  /** The member that names the payload's case. */
  public static final String TYPE = "type";

  /** The member that holds the payload. */
  public static final String PAYLOAD = "payload";

  private static final String NAME = Event.getDescriptor().getFullName();

  private EventShape() {}

  /** True for the one message that has this shape. */
  public static boolean is(Descriptor type) {
    return type.getFullName().equals(NAME);
  }

  /** The kinds of payload there are. */
  public static List<FieldDescriptor> kinds(Descriptor event) {
    return payload(event).getFields();
  }

  /** The kind of an event's payload; empty when it has none. */
  public static String kind(Message event) {
    FieldDescriptor set = event.getOneofFieldDescriptor(payload(event.getDescriptorForType()));
    if (set != null) {
      return set.getName();
    }
    return event.getUnknownFields().asMap().keySet().stream()
        .findFirst()
        .map(number -> "unknown:" + number)
        .orElse("");
  }

  static void read(Map<String, Json> members, Message.Builder into, String path) {
    Map<String, Json> rest = new LinkedHashMap<>(members);
    Json type = rest.remove(TYPE);
    Json payload = rest.remove(PAYLOAD);
    FieldDescriptor kind = kind(type, into.getDescriptorForType(), Wrong.member(path, TYPE));
    String place = Wrong.member(path, PAYLOAD);
    if (payload == null || payload == Json.Nothing.NULL) {
      throw Wrong.at(place, "expected an object, the " + kind.getName());
    }
    for (String name : rest.keySet()) {
      if (kinds(into.getDescriptorForType()).stream().anyMatch(f -> f.getName().equals(name))) {
        throw Wrong.at(
            Wrong.member(path, name),
            "there is no such field; an event has \"type\": \"" + name + "\" and \"payload\"");
      }
    }
    MessageReader.readMembers(rest, into, path);
    MessageReader.readField(kind, payload, into, place);
  }

  private static FieldDescriptor kind(@Nullable Json type, Descriptor event, String path) {
    if (type instanceof Json.Text(String word)) {
      for (FieldDescriptor kind : kinds(event)) {
        if (kind.getName().equals(word)) {
          return kind;
        }
      }
    }
    throw Wrong.at(
        path,
        "expected one of "
            + String.join(", ", kinds(event).stream().map(FieldDescriptor::getName).toList()));
  }

  static void write(Message event, JsonGenerator out) throws IOException {
    OneofDescriptor payload = payload(event.getDescriptorForType());
    FieldDescriptor set = event.getOneofFieldDescriptor(payload);
    if (set != null) {
      out.writeStringField(TYPE, set.getName());
      out.writeFieldName(PAYLOAD);
      MessageWriter.writeValue(set, event.getField(set), out);
    } else {
      writeUnknown(event.getUnknownFields(), out);
    }
    for (FieldDescriptor field : event.getDescriptorForType().getFields()) {
      if (field.getContainingOneof() != payload) {
        MessageWriter.writeField(field, event, out);
      }
    }
  }

  private static void writeUnknown(UnknownFieldSet unknown, JsonGenerator out) throws IOException {
    for (Map.Entry<Integer, UnknownFieldSet.Field> field : unknown.asMap().entrySet()) {
      if (!field.getValue().getLengthDelimitedList().isEmpty()) {
        byte[] bytes = field.getValue().getLengthDelimitedList().getLast().toByteArray();
        out.writeStringField(TYPE, "unknown:" + field.getKey());
        out.writeObjectFieldStart(PAYLOAD);
        out.writeStringField("bytes", Base64.getEncoder().encodeToString(bytes));
        out.writeEndObject();
        return;
      }
    }
  }

  private static OneofDescriptor payload(Descriptor event) {
    return event.getOneofs().getFirst();
  }
}
