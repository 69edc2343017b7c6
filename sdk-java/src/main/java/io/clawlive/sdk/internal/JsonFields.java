package io.clawlive.sdk.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object, read by type. A missing text, list or flag is an empty one. */
final class JsonFields {
  private final Map<?, ?> members;

  private JsonFields(Map<?, ?> members) {
    this.members = members;
  }

  static JsonFields of(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> members) {
      return new JsonFields(members);
    }
    throw wrong(what, value, "an object");
  }

  /** The names of the members. */
  Set<String> names() {
    return members.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** A member as it was parsed. */
  @Nullable Object value(String name) {
    return members.get(name);
  }

  JsonFields object(String name) {
    return of(members.get(name), name);
  }

  String text(String name) {
    Object value = members.get(name);
    if (value == null) {
      return "";
    } else if (value instanceof String text) {
      return text;
    }
    throw wrong(name, value, "a text");
  }

  long number(String name) {
    if (members.get(name) instanceof Long number) {
      return number;
    }
    throw wrong(name, members.get(name), "a whole number");
  }

  boolean flag(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrong(name, value, "true or false");
  }

  List<String> texts(String name) {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    } else if (value instanceof List<?> items) {
      return items.stream()
          .map(item -> {
            if (item instanceof String text) {
              return text;
            }
            throw wrong(name, item, "a text");
          })
          .toList();
    }
    throw wrong(name, value, "a list of texts");
  }

  Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException garbled) {
      throw new IllegalArgumentException(
          name + " is '" + text(name) + "'; expected an RFC 3339 time in UTC", garbled);
    }
  }

  /** An enum value by its word, such as "info" for LOG_LEVEL_INFO. */
  <T extends Enum<T>> T word(String name, Class<T> type, String prefix) {
    String word = text(name);
    for (T value : type.getEnumConstants()) {
      if (word(value, prefix).equals(word)) {
        return value;
      }
    }
    throw wrong(name, word, "a word of " + type.getSimpleName());
  }

  /** The word of an enum value; "unrecognized" for one of a newer contract. */
  static String word(Enum<?> value, String prefix) {
    String name = value.name();
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }

  static IllegalArgumentException wrong(String name, @Nullable Object found, String expected) {
    return new IllegalArgumentException(name + " is " + found + "; expected " + expected);
  }
}
