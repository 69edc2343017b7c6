package io.clawlive.server.platform.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.clawlive.server.testing.Contract;
import io.clawlive.streams.v1.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a message of the contract holds, its JSON reads as the same message. */
final class RoundTripTest {
  private static final int ROUNDS = 50;
  private static final List<String> TEXTS =
      List.of("a", "<b>'\"&\\", "\u0000\u001f\u2028\u2029", "ü ✓ 😀", " ", "null", "{\"a\":1}");

  private final Random random = new Random(4);

  static Stream<Descriptor> messages() {
    return Contract.files().stream().flatMap(file -> file.getMessageTypes().stream());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItWasWritten(Descriptor type) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      DynamicMessage message = filled(type, 0);
      String json = json(message);
      assertFalse(json.matches("(?s).*[<>&'\n\u2028\u2029].*"), json);
      DynamicMessage.Builder read = DynamicMessage.newBuilder(type);
      MessageReader.read(JsonText.parse(json.getBytes(StandardCharsets.UTF_8)), read, "");
      assertEquals(message, read.build(), json);
    }
  }

  @Test
  void aPayloadOfANewerServerIsWrittenWithItsNumberAndBytes() throws IOException {
    var payload =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("hi"))
            .build();
    var event =
        Event.newBuilder()
            .setSequence(7)
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, payload).build())
            .build();
    String json = json(event);
    assertEquals(
        "{\"type\":\"unknown:99\",\"payload\":{\"bytes\":\"aGk=\"}", json.substring(0, 47));
  }

  @Test
  void aNumberThatManyReadersWouldRoundIsAText() throws IOException {
    assertEquals("9007199254740991", sequence((1L << 53) - 1));
    assertEquals("\"9007199254740992\"", sequence(1L << 53));
    assertEquals("\"-9223372036854775808\"", sequence(Long.MIN_VALUE));
  }

  private static String sequence(long value) throws IOException {
    String json = json(Event.newBuilder().setSequence(value).build());
    return json.replaceAll(".*\"sequence\":(\"?-?\\d+\"?).*", "$1");
  }

  private static String json(Message message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonText.generator(bytes)) {
      MessageWriter.write(message, out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private DynamicMessage filled(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.getRealContainingOneof() != null || depth > 4) {
        continue;
      }
      if (field.isRepeated()) {
        // The keys of a map stand there once.
        for (int i = random.nextInt(field.isMapField() ? 2 : 3); i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else if (random.nextInt(4) > 0) {
        message.setField(field, value(field, depth));
      }
    }
    for (OneofDescriptor oneof : type.getRealOneofs()) {
      FieldDescriptor one = oneof.getField(random.nextInt(oneof.getFieldCount()));
      message.setField(one, value(one, depth));
    }
    return message.build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt();
      case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
      case BYTE_STRING -> ByteString.copyFromUtf8(TEXTS.get(random.nextInt(TEXTS.size())));
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> message(field.getMessageType(), depth);
    };
  }

  private Message message(Descriptor type, int depth) {
    return switch (WellKnown.of(type)) {
      case null -> filled(type, depth + 1);
      case TIMESTAMP ->
          DynamicMessage.newBuilder(type)
              .setField(
                  type.findFieldByName("seconds"),
                  random.nextLong(-62_135_596_800L, 253_402_300_800L))
              .setField(type.findFieldByName("nanos"), random.nextInt(1_000_000_000))
              .build();
      case DURATION ->
          DynamicMessage.newBuilder(type)
              .setField(type.findFieldByName("seconds"), (long) random.nextInt(1_000_000))
              .setField(type.findFieldByName("nanos"), random.nextInt(1_000_000_000))
              .build();
      case STRUCT -> struct(type);
      case FIELD_MASK, VALUE, LIST_VALUE, WRAPPER ->
          throw new AssertionError("the contract has begun to use " + type.getFullName());
    };
  }

  private Message struct(Descriptor type) {
    var struct =
        Struct.newBuilder()
            .putFields("n", Value.newBuilder().setNumberValue(random.nextDouble() * 1e6).build())
            .putFields("i", Value.newBuilder().setNumberValue(random.nextInt()).build())
            .putFields("t", Value.newBuilder().setStringValue(TEXTS.get(1)).build())
            .putFields("z", Value.newBuilder().setNullValueValue(0).build())
            .build();
    var nested =
        struct.toBuilder()
            .putFields("s", Value.newBuilder().setStructValue(struct).build())
            .build();
    try {
      return DynamicMessage.parseFrom(type, nested.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
