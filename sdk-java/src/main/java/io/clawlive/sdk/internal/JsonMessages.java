package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The contract's messages as JSON, by their descriptors alone and as the server's web door has
 * them: the contract's names, enum values as lower-case words, times as RFC 3339. Every plain field
 * is written, set or not; messages, fields of a oneof and optional ones only when they are set.
 * Messages inside events hold no maps, and of protobuf's own messages only times.
 */
final class JsonMessages {
  /** Beyond this a reader whose numbers are doubles would round. */
  private static final long MAX_EXACT = (1L << 53) - 1;

  private JsonMessages() {}

  /** Appends the members of an object, without its braces. */
  static void members(Message message, StringBuilder out) {
    boolean first = true;
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.hasPresence() && !message.hasField(field)) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      out.append('"').append(field.getName()).append("\":");
      value(field, message.getField(field), out);
    }
  }

  private static void value(FieldDescriptor field, Object value, StringBuilder out) {
    if (!field.isRepeated()) {
      item(field, value, out);
      return;
    }
    out.append('[');
    String separator = "";
    for (Object item : (List<?>) value) {
      out.append(separator);
      item(field, item, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void item(FieldDescriptor field, Object value, StringBuilder out) {
    switch (field.getJavaType()) {
      case INT, FLOAT, DOUBLE, BOOLEAN -> out.append(value);
      case LONG -> number((long) value, out);
      case STRING -> Json.quote((String) value, out);
      case BYTE_STRING ->
          Json.quote(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()), out);
      case ENUM -> Json.quote(word((EnumValueDescriptor) value), out);
      case MESSAGE -> {
        if (value instanceof Timestamp time) {
          out.append('"').append(Times.instant(time)).append('"');
        } else {
          out.append('{');
          members((Message) value, out);
          out.append('}');
        }
      }
    }
  }

  private static void number(long value, StringBuilder out) {
    if (Math.abs(value) <= MAX_EXACT) {
      out.append(value);
    } else {
      out.append('"').append(value).append('"');
    }
  }

  /** {@code TASK_STATE_OPEN} of TaskState is "open"; one of a newer contract is its number. */
  private static String word(EnumValueDescriptor value) {
    if (value.getIndex() < 0) {
      return Integer.toString(value.getNumber());
    }
    String prefix =
        value.getType().getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT)
            + "_";
    String name = value.getName();
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }

  /** Fills a message from an object. Fields of a newer contract are passed over. */
  static void read(JsonFields members, Message.Builder into) {
    for (String name : members.names()) {
      FieldDescriptor field = into.getDescriptorForType().findFieldByName(name);
      Object value = members.value(name);
      if (field == null || value == null) {
        continue;
      }
      if (!field.isRepeated()) {
        into.setField(field, one(field, value, into));
      } else if (value instanceof List<?> items) {
        items.forEach(item -> into.addRepeatedField(field, one(field, item, into)));
      } else {
        throw JsonFields.wrong(name, value, "a list");
      }
    }
  }

  private static Object one(FieldDescriptor field, @Nullable Object value, Message.Builder into) {
    String name = field.getName();
    return switch (field.getJavaType()) {
      case INT -> Math.toIntExact(whole(name, value));
      case LONG -> whole(name, value);
      case FLOAT -> ((Number) expect(name, value, Number.class, "a number")).floatValue();
      case DOUBLE -> ((Number) expect(name, value, Number.class, "a number")).doubleValue();
      case BOOLEAN -> expect(name, value, Boolean.class, "true or false");
      case STRING -> expect(name, value, String.class, "a text");
      case BYTE_STRING ->
          ByteString.copyFrom(
              Base64.getDecoder().decode(expect(name, value, String.class, "a text in Base64")));
      case ENUM -> named(field, expect(name, value, String.class, "a word"));
      case MESSAGE -> {
        Message.Builder message = into.newBuilderForField(field);
        if (message instanceof Timestamp.Builder) {
          yield time(name, expect(name, value, String.class, "a time"));
        }
        read(JsonFields.of(value, name), message);
        yield message.build();
      }
    };
  }

  private static long whole(String name, @Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    try {
      return Long.parseLong(expect(name, value, String.class, "a whole number"));
    } catch (NumberFormatException garbled) {
      throw JsonFields.wrong(name, value, "a whole number");
    }
  }

  private static Timestamp time(String name, String text) {
    try {
      return Times.timestamp(Instant.parse(text));
    } catch (DateTimeException garbled) {
      throw JsonFields.wrong(name, text, "an RFC 3339 time in UTC");
    }
  }

  private static EnumValueDescriptor named(FieldDescriptor field, String word) {
    for (EnumValueDescriptor value : field.getEnumType().getValues()) {
      if (word(value).equals(word)) {
        return value;
      }
    }
    if (word.matches("-?[0-9]{1,9}")) {
      return field.getEnumType().findValueByNumberCreatingIfUnknown(Integer.parseInt(word));
    }
    throw JsonFields.wrong(field.getName(), word, "a word of " + field.getEnumType().getName());
  }

  private static <T> T expect(String name, @Nullable Object value, Class<T> type, String expected) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw JsonFields.wrong(name, value, expected);
  }
}
