package io.clawlive.server.platform.web.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Enum values as words: {@code LOG_LEVEL_WARN} of {@code LogLevel} is {@code "warn"}. The full name
 * is understood too.
 */
public final class EnumWords {
  /** Enums of the contract, which are few and never change while the server runs. */
  private static final Map<EnumDescriptor, String> PREFIXES = new ConcurrentHashMap<>();

  private EnumWords() {}

  /** The word of a value; the number of one that this server does not know. */
  public static String word(EnumValueDescriptor value) {
    return value.getIndex() < 0
        ? Integer.toString(value.getNumber())
        : value.getName().substring(prefix(value.getType()).length()).toLowerCase(Locale.ROOT);
  }

  /** The words that a caller may send: all but the one for "not set". */
  public static List<String> words(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumWords::word)
        .toList();
  }

  static EnumValueDescriptor read(EnumDescriptor type, String word, String path) {
    for (EnumValueDescriptor value : type.getValues()) {
      if (value.getName().equals(word) || word(value).equals(word)) {
        return value;
      }
    }
    throw Wrong.at(path, "expected one of " + String.join(", ", words(type)));
  }

  private static String prefix(EnumDescriptor type) {
    return PREFIXES.computeIfAbsent(type, EnumWords::commonPrefix);
  }

  /** What the names of the values begin with: the type's own name, and a line. */
  private static String commonPrefix(EnumDescriptor type) {
    String prefix =
        type.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
    boolean all = type.getValues().stream().allMatch(value -> value.getName().startsWith(prefix));
    return all ? prefix : "";
  }
}
