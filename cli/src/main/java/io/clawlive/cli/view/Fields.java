package io.clawlive.cli.view;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.clawlive.identity.v1.Visibility;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the contract in the words that people and JSON read. */
public final class Fields {
  private Fields() {}

  /** An enum value in lower case without its prefix: SESSION_STATUS_LIVE is "live". */
  public static String word(Enum<?> value, String prefix) {
    return value.name().replace(prefix, "").toLowerCase(Locale.ROOT);
  }

  /** A point in time, null where none is set. */
  public static @Nullable Instant time(Timestamp time) {
    return time.equals(Timestamp.getDefaultInstance())
        ? null
        : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** "public" or "private"; null where a server does not say. */
  public static @Nullable String visibility(Visibility visibility) {
    return visibility == Visibility.VISIBILITY_UNSPECIFIED ? null : word(visibility, "VISIBILITY_");
  }

  /** A text, null where it is empty. */
  public static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }

  /** An object of free form, null where it is empty. */
  public static @Nullable Map<String, Object> object(Struct struct) {
    Map<String, Object> object = new LinkedHashMap<>();
    struct
        .getFieldsMap()
        .forEach((name, value) -> {
          Object plain = plain(value);
          if (plain != null) {
            object.put(name, plain);
          }
        });
    return object.isEmpty() ? null : object;
  }

  private static @Nullable Object plain(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> value.getNumberValue();
      case BOOL_VALUE -> value.getBoolValue();
      case STRUCT_VALUE -> object(value.getStructValue());
      case LIST_VALUE -> value.getListValue().getValuesList().stream().map(Fields::plain).toList();
      case NULL_VALUE, KIND_NOT_SET -> null;
    };
  }
}
