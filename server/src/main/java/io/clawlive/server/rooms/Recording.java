package io.clawlive.server.rooms;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recorded room as a file tells it: {@code room}, {@code messages} in the order of their times,
 * and the {@code totals} that it claims of itself.
 */
final class Recording {
  private static final int MOST_MESSAGES = 5_000;

  private final Struct file;

  private Recording(Struct file) {
    this.file = file;
  }

  /** Reads a file, or refuses it with where it is wrong. */
  static Recording parse(byte[] bytes) {
    var file = Struct.newBuilder();
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonFormat.parser().merge(json, file);
    } catch (InvalidProtocolBufferException e) {
      throw invalid("It is no JSON object: " + e.getMessage() + ".");
    } catch (CharacterCodingException e) {
      throw invalid("It is not in UTF-8.");
    }
    var recording = new Recording(file.build());
    if (recording.room().text("name").isEmpty()) {
      throw invalid("room.name is missing.");
    }
    int messages = recording.list("messages").size();
    if (messages == 0 || messages > MOST_MESSAGES) {
      throw invalid(
          "messages: %,d entries; 1 to %,d are taken.".formatted(messages, MOST_MESSAGES));
    }
    return recording;
  }

  /** A part of the file and where it stands. */
  record Entry(String where, Struct fields) {
    /** A text; empty when there is none. */
    String text(String name) {
      Value value = fields.getFieldsOrDefault(name, Value.getDefaultInstance());
      return switch (value.getKindCase()) {
        case STRING_VALUE -> value.getStringValue();
        case KIND_NOT_SET, NULL_VALUE -> "";
        case NUMBER_VALUE, BOOL_VALUE, STRUCT_VALUE, LIST_VALUE ->
            throw invalid(where + "." + name + " is no text.");
      };
    }

    /** A text that must be there. */
    String required(String name) {
      String text = text(name);
      if (text.isEmpty()) {
        throw invalid(where + "." + name + " is missing.");
      }
      return text;
    }

    /** When it happened, as RFC 3339 or in milliseconds since 1970; null when nothing is said. */
    @org.jspecify.annotations.Nullable
    Timestamp time(String name) {
      Value value = fields.getFieldsOrDefault(name, Value.getDefaultInstance());
      try {
        return switch (value.getKindCase()) {
          case STRING_VALUE -> Timestamps.parse(value.getStringValue());
          case NUMBER_VALUE -> Timestamps.fromMillis((long) value.getNumberValue());
          case KIND_NOT_SET, NULL_VALUE -> null;
          case BOOL_VALUE, STRUCT_VALUE, LIST_VALUE -> throw new ParseException("", 0);
        };
      } catch (ParseException | IllegalArgumentException e) {
        throw invalid(where + "." + name + " is no time; RFC 3339 or milliseconds are taken.");
      }
    }

    /** A part of this part; empty when there is none. */
    Entry part(String name) {
      Value value = fields.getFieldsOrDefault(name, Value.getDefaultInstance());
      return new Entry(where + "." + name, value.getStructValue());
    }
  }

  Entry room() {
    return new Entry(
        "room", file.getFieldsOrDefault("room", Value.getDefaultInstance()).getStructValue());
  }

  List<Entry> members() {
    return entries(
        "room.members",
        room().fields().getFieldsOrDefault("members", Value.getDefaultInstance()).getListValue());
  }

  List<Entry> messages() {
    return entries("messages", list("messages"));
  }

  /** What the file claims of itself, by name. */
  Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    file.getFieldsOrDefault("totals", Value.getDefaultInstance())
        .getStructValue()
        .getFieldsMap()
        .forEach((name, value) -> {
          if (!value.hasNumberValue()) {
            throw invalid("totals." + name + " is no number.");
          }
          totals.put(name, (long) value.getNumberValue());
        });
    return totals;
  }

  private List<Value> list(String name) {
    return file.getFieldsOrDefault(name, Value.getDefaultInstance()).getListValue().getValuesList();
  }

  private static List<Entry> entries(String where, ListValue values) {
    return entries(where, values.getValuesList());
  }

  private static List<Entry> entries(String where, List<Value> values) {
    return java.util.stream.IntStream.range(0, values.size())
        .mapToObj(i -> {
          if (!values.get(i).hasStructValue()) {
            throw invalid(where + "[" + i + "] is no object.");
          }
          return new Entry(where + "[" + i + "]", values.get(i).getStructValue());
        })
        .toList();
  }

  static Refusal invalid(String what) {
    return Refusal.of(ErrorReason.ERROR_REASON_RECORDING_INVALID, what, "problem", what);
  }
}
