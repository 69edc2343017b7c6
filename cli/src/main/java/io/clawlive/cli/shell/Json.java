package io.clawlive.cli.shell;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON from maps, lists, strings, numbers, booleans, instants and null. The command line
 * only ever writes JSON, so it needs no library that can also read it.
 */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /** The value as JSON on one line. */
  public static String write(@Nullable Object value) {
    Json json = new Json();
    json.value(value);
    return json.text.toString();
  }

  /** An object's fields, in the order they are put. Values that are null are left out. */
  public static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        object.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return object;
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> object -> object(object);
      case List<?> list -> list(list);
      case Optional<?> optional -> value(optional.orElse(null));
      case Boolean flag -> text.append(flag);
      case Number number -> text.append(number);
      case Instant instant -> string(instant.toString());
      default -> string(value.toString());
    }
  }

  private void object(Map<?, ?> object) {
    String separator = "";
    text.append('{');
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      text.append(separator);
      string(entry.getKey().toString());
      text.append(':');
      value(entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private void list(List<?> list) {
    String separator = "";
    text.append('[');
    for (Object element : list) {
      text.append(separator);
      value(element);
      separator = ",";
    }
    text.append(']');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || (Character.isSurrogate(c) && !paired(string, i))) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean paired(String string, int i) {
    return Character.isHighSurrogate(string.charAt(i))
        ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
  }
}
