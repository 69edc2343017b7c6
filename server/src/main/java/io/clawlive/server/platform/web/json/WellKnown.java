package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.FieldMaskUtil;
import java.io.IOException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of protobuf itself that JSON has a plainer form for. */
public enum WellKnown {
  /** RFC 3339, written in UTC. */
  TIMESTAMP,
  /** Seconds: {@code "1.5s"}. */
  DURATION,
  /** Paths, commas between them. */
  FIELD_MASK,
  /** Any object. */
  STRUCT,
  /** Anything. */
  VALUE,
  /** Any list. */
  LIST_VALUE,
  /** A single value that may be unset. */
  WRAPPER;

  private static final String PACKAGE = "google.protobuf.";
  private static final Map<String, WellKnown> NAMES =
      Map.ofEntries(
          Map.entry("Timestamp", TIMESTAMP),
          Map.entry("Duration", DURATION),
          Map.entry("FieldMask", FIELD_MASK),
          Map.entry("Struct", STRUCT),
          Map.entry("Value", VALUE),
          Map.entry("ListValue", LIST_VALUE),
          Map.entry("DoubleValue", WRAPPER),
          Map.entry("FloatValue", WRAPPER),
          Map.entry("Int64Value", WRAPPER),
          Map.entry("UInt64Value", WRAPPER),
          Map.entry("Int32Value", WRAPPER),
          Map.entry("UInt32Value", WRAPPER),
          Map.entry("BoolValue", WRAPPER),
          Map.entry("StringValue", WRAPPER),
          Map.entry("BytesValue", WRAPPER));

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Which of them a message is; null when it is none. */
  public static @Nullable WellKnown of(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf")
            && type.getFullName().equals(PACKAGE + type.getName())
        ? NAMES.get(type.getName())
        : null;
  }

  /** Reads one into its builder. */
  void read(Json json, Message.Builder into, String path) {
    switch (this) {
      case TIMESTAMP -> merge(into, timestamp(json, path).toByteString());
      case DURATION -> merge(into, duration(json, path).toByteString());
      case FIELD_MASK -> merge(into, fieldMask(json, path).toByteString());
      case STRUCT -> merge(into, struct(json, path).toByteString());
      case VALUE -> merge(into, value(json, path).toByteString());
      case LIST_VALUE -> merge(into, list(json, path).toByteString());
      case WRAPPER -> {
        var field = into.getDescriptorForType().findFieldByNumber(1);
        into.setField(field, Scalars.read(field, json, path));
      }
    }
  }

  /** Writes one. */
  void write(Message message, JsonGenerator out) throws IOException {
    switch (this) {
      case TIMESTAMP ->
          out.writeString(
              Instant.ofEpochSecond(
                      (long) part(message, "seconds"), (long) (int) part(message, "nanos"))
                  .toString());
      case DURATION ->
          out.writeString(
              Durations.toString(
                  com.google.protobuf.Duration.newBuilder()
                      .setSeconds((long) part(message, "seconds"))
                      .setNanos((int) part(message, "nanos"))
                      .build()));
      case FIELD_MASK ->
          out.writeString(FieldMaskUtil.toString(FieldMask.parseFrom(message.toByteString())));
      case STRUCT -> write(Struct.parseFrom(message.toByteString()), out);
      case VALUE -> write(Value.parseFrom(message.toByteString()), out);
      case LIST_VALUE -> write(ListValue.parseFrom(message.toByteString()), out);
      case WRAPPER -> {
        var field = message.getDescriptorForType().findFieldByNumber(1);
        Scalars.write(field, message.getField(field), out);
      }
    }
  }

  private static Object part(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static void merge(Message.Builder into, ByteString encoded) {
    try {
      into.mergeFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static com.google.protobuf.Timestamp timestamp(Json json, String path) {
    String expected = "a time such as 2026-02-13T10:00:00Z";
    if (!(json instanceof Json.Text(String text))) {
      throw Wrong.kind(path, expected, json);
    }
    try {
      Instant time = Instant.parse(text);
      if (time.isBefore(FIRST) || time.isAfter(LAST)) {
        throw Wrong.at(path, "expected " + expected + ", of the years 1 to 9999");
      }
      return com.google.protobuf.Timestamp.newBuilder()
          .setSeconds(time.getEpochSecond())
          .setNanos(time.getNano())
          .build();
    } catch (DateTimeException e) {
      throw Wrong.at(path, "expected " + expected + ", found the text " + Wrong.quoted(text));
    }
  }

  private static com.google.protobuf.Duration duration(Json json, String path) {
    String expected = "a duration in seconds such as 1.5s";
    if (!(json instanceof Json.Text(String text))) {
      throw Wrong.kind(path, expected, json);
    }
    try {
      return Durations.parse(text);
    } catch (ParseException e) {
      throw Wrong.at(path, "expected " + expected + ", found the text " + Wrong.quoted(text));
    }
  }

  private static FieldMask fieldMask(Json json, String path) {
    if (json instanceof Json.Text(String text)) {
      return FieldMaskUtil.fromString(text);
    }
    throw Wrong.kind(path, "field names with commas between them", json);
  }

  private static Struct struct(Json json, String path) {
    if (!(json instanceof Json.Members(Map<String, Json> members))) {
      throw Wrong.kind(path, "an object", json);
    }
    var struct = Struct.newBuilder();
    members.forEach(
        (name, member) -> struct.putFields(name, value(member, Wrong.member(path, name))));
    return struct.build();
  }

  private static ListValue list(Json json, String path) {
    if (!(json instanceof Json.Items items)) {
      throw Wrong.kind(path, "a list", json);
    }
    var list = ListValue.newBuilder();
    for (Json item : items.items()) {
      list.addValues(value(item, path + "[" + list.getValuesCount() + "]"));
    }
    return list.build();
  }

  private static Value value(Json json, String path) {
    var value = Value.newBuilder();
    switch (json) {
      case Json.Members members -> value.setStructValue(struct(members, path));
      case Json.Items items -> value.setListValue(list(items, path));
      case Json.Text(String text) -> value.setStringValue(text);
      case Json.Flag(boolean flag) -> value.setBoolValue(flag);
      case Json.Nothing _ -> value.setNullValueValue(0);
      case Json.Number number -> {
        double rounded = number.value().doubleValue();
        if (Double.isInfinite(rounded)) {
          throw Wrong.at(path, "the number is out of range");
        }
        value.setNumberValue(rounded);
      }
    }
    return value.build();
  }

  private static void write(Struct struct, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> member : struct.getFieldsMap().entrySet()) {
      out.writeFieldName(member.getKey());
      write(member.getValue(), out);
    }
    out.writeEndObject();
  }

  private static void write(ListValue list, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Value value : list.getValuesList()) {
      write(value, out);
    }
    out.writeEndArray();
  }

  private static void write(Value value, JsonGenerator out) throws IOException {
    switch (value.getKindCase()) {
      case STRUCT_VALUE -> write(value.getStructValue(), out);
      case LIST_VALUE -> write(value.getListValue(), out);
      case STRING_VALUE -> out.writeString(value.getStringValue());
      case BOOL_VALUE -> out.writeBoolean(value.getBoolValue());
      case NUMBER_VALUE ->
          Scalars.writeDouble(value.getNumberValue(), Double.toString(value.getNumberValue()), out);
      case NULL_VALUE, KIND_NOT_SET -> out.writeNull();
    }
  }
}
