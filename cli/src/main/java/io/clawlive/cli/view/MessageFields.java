package io.clawlive.cli.view;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the contract under its own field names, as the server's web door writes them: enum
 * values in lower-case words, times, and what is not set left out where that tells something.
 */
public final class MessageFields {
  private MessageFields() {}

  /** The fields of a message. */
  public static Map<String, Object> of(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!field.hasPresence() || message.hasField(field)) {
        Object value = value(field, message.getField(field));
        if (value != null) {
          fields.put(field.getName(), value);
        }
      }
    }
    return fields;
  }

  private static @Nullable Object value(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      Map<String, Object> entries = new LinkedHashMap<>();
      for (Object entry : (List<?>) value) {
        Map<String, Object> pair = of((Message) entry);
        entries.put(String.valueOf(pair.get("key")), String.valueOf(pair.get("value")));
      }
      return entries;
    }
    if (field.isRepeated()) {
      return ((List<?>) value).stream().map(MessageFields::item).toList();
    }
    return item(value);
  }

  private static @Nullable Object item(Object value) {
    return switch (value) {
      case Timestamp time -> Fields.time(time);
      case Duration duration -> duration.getSeconds() + "s";
      case Message message -> of(message);
      case EnumValueDescriptor word -> word(word);
      default -> value;
    };
  }

  private static String word(EnumValueDescriptor value) {
    String prefix =
        value.getType().getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT)
            + "_";
    String name = value.getName();
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }
}
