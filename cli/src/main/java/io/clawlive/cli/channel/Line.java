package io.clawlive.cli.channel;

import io.clawlive.cli.shell.JsonReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line that a program wrote, read by the names of its members. A missing one is an empty one. */
final class Line {
  private static final Pattern ROOM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Map<String, @Nullable Object> members;

  private Line(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Reads one; the exception's message tells what is wrong. */
  static Line read(String text) {
    return new Line(JsonReader.object(text));
  }

  /** What names the answer, as the program wrote it: a text or a number. Null without one. */
  @Nullable Object id() {
    return members.get("id");
  }

  String text(String name) {
    return switch (members.get(name)) {
      case null -> "";
      case String text -> text;
      case Object other -> throw wrong(name, other, "a text");
    };
  }

  String required(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" is missing".formatted(name));
    }
    return text;
  }

  String room() {
    String room = required("room");
    if (!ROOM.matcher(room).matches()) {
      throw wrong("room", room, "the id of a room");
    }
    return room;
  }

  long number(String name, long otherwise) {
    return switch (members.get(name)) {
      case null -> otherwise;
      case Long number -> number;
      case Object other -> throw wrong(name, other, "a whole number");
    };
  }

  long required(String name, long least) {
    long number = number(name, least - 1);
    if (number < least) {
      throw new IllegalArgumentException(
          "\"%s\" is missing; expected a number from %d".formatted(name, least));
    }
    return number;
  }

  boolean flag(String name) {
    return switch (members.get(name)) {
      case null -> false;
      case Boolean flag -> flag;
      case Object other -> throw wrong(name, other, "true or false");
    };
  }

  List<String> texts(String name) {
    return switch (members.get(name)) {
      case null -> List.of();
      case List<?> items -> items.stream().map(String::valueOf).toList();
      case Object other -> throw wrong(name, other, "a list of texts");
    };
  }

  /** An enum value by its word: "thinking" for AGENT_ACTIVITY_THINKING; the first where none is. */
  <T extends Enum<T>> T word(String name, Class<T> type, String prefix) {
    String word = text(name);
    for (T value : type.getEnumConstants()) {
      if (word.isEmpty()
          || value.name().equals(prefix + word.replace('-', '_').toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    throw wrong(name, word, "a word of " + type.getSimpleName());
  }

  private static IllegalArgumentException wrong(String name, Object found, String expected) {
    return new IllegalArgumentException(
        "\"%s\" is %s; expected %s".formatted(name, found, expected));
  }
}
