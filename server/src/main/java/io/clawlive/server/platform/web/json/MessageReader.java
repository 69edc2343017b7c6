package io.clawlive.server.platform.web.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills messages from JSON. Null stands for a field that is not set. */
public final class MessageReader {
  private MessageReader() {}

  /**
   * Fills a message from an object.
   *
   * @param path where the object stands; empty for the whole body
   */
  public static void read(Json json, Message.Builder into, String path) {
    WellKnown known = WellKnown.of(into.getDescriptorForType());
    if (known != null) {
      known.read(json, into, path);
    } else if (!(json instanceof Json.Members(Map<String, Json> members))) {
      throw Wrong.kind(path, "an object", json);
    } else if (EventShape.is(into.getDescriptorForType())) {
      EventShape.read(members, into, path);
    } else {
      readMembers(members, into, path);
    }
  }

  static void readMembers(Map<String, Json> members, Message.Builder into, String path) {
    members.forEach((name, value) -> {
      String place = Wrong.member(path, name);
      FieldDescriptor field = field(into.getDescriptorForType(), name);
      if (field == null) {
        throw Wrong.at(place, "there is no such field");
      }
      readField(field, value, into, place);
    });
  }

  /** Fills one field of a message. */
  public static void readField(
      FieldDescriptor field, Json value, Message.Builder into, String path) {
    boolean nothing = value == Json.Nothing.NULL;
    if (nothing && !(isMessage(field) && WellKnown.of(field.getMessageType()) == WellKnown.VALUE)) {
      return;
    }
    if (field.isMapField()) {
      readMap(field, value, into, path);
    } else if (field.isRepeated()) {
      if (!(value instanceof Json.Items(List<Json> items))) {
        throw Wrong.kind(path, "a list", value);
      }
      for (int i = 0; i < items.size(); i++) {
        into.addRepeatedField(field, one(field, items.get(i), into, path + "[" + i + "]"));
      }
    } else {
      set(field, one(field, value, into, path), into, path);
    }
  }

  /**
   * Fills one field from the text of a path or a query; a repeated field takes one more value. A
   * field that is a message reads as its JSON text does.
   */
  public static void readText(
      FieldDescriptor field, String text, Message.Builder into, String path) {
    if (isMessage(field) && (field.isMapField() || WellKnown.of(field.getMessageType()) == null)) {
      throw Wrong.at(path, "is no single value; name one of its fields");
    }
    Object value =
        isMessage(field)
            ? one(field, new Json.Text(text), into, path)
            : Scalars.readText(field, text, path);
    if (field.isRepeated()) {
      into.addRepeatedField(field, value);
    } else {
      set(field, value, into, path);
    }
  }

  /** The field of this name, in the contract's spelling or in lowerCamelCase. */
  public static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    if (field != null) {
      return field;
    }
    for (FieldDescriptor candidate : type.getFields()) {
      if (candidate.getJsonName().equals(name)) {
        return candidate;
      }
    }
    return null;
  }

  private static void set(FieldDescriptor field, Object value, Message.Builder into, String path) {
    var oneof = field.getRealContainingOneof();
    if (oneof != null && into.hasOneof(oneof)) {
      throw Wrong.at(
          path, "excludes " + into.getOneofFieldDescriptor(oneof).getName() + ", which is set too");
    }
    into.setField(field, value);
  }

  private static Object one(FieldDescriptor field, Json value, Message.Builder into, String path) {
    if (!isMessage(field)) {
      return Scalars.read(field, value, path);
    }
    Message.Builder message = into.newBuilderForField(field);
    read(value, message, path);
    return message.build();
  }

  private static void readMap(
      FieldDescriptor field, Json value, Message.Builder into, String path) {
    if (!(value instanceof Json.Members(Map<String, Json> members))) {
      throw Wrong.kind(path, "an object", value);
    }
    FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
    members.forEach((key, member) -> {
      String place = Wrong.member(path, key);
      Message.Builder entry = into.newBuilderForField(field);
      entry.setField(keys, Scalars.readText(keys, key, place));
      readField(values, member, entry, place);
      into.addRepeatedField(field, entry.build());
    });
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE;
  }
}
