package io.clawlive.server.streams.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Thought;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskingEventTest {
  private static final String TOKEN = "gh" + "p_" + "AbCdEf0123456789AbCdEf0123456789AbCd";
  private static final String MASK = "[masked:github-token]";
  private static final int UNKNOWN_KIND = 77;

  private final EventMasker masker = new EventMasker();

  /** Every text field of every payload the contract knows. */
  static List<FieldDescriptor> textFields() {
    return Event.getDescriptor().getOneofs().getFirst().getFields().stream()
        .flatMap(kind -> kind.getMessageType().getFields().stream())
        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("textFields")
  void everyTextFieldOfEveryKindIsMasked(FieldDescriptor field)
      throws InvalidProtocolBufferException {
    byte[] masked = masker.mask(eventWith(field, "a " + TOKEN + " b").toByteArray());

    assertEquals(eventWith(field, "a " + MASK + " b"), Event.parseFrom(masked));
  }

  @ParameterizedTest
  @MethodSource("textFields")
  void anEventWithoutASecretIsTheSameArray(FieldDescriptor field) {
    byte[] encoded = eventWith(field, "all is well, 1730632020123456789").toByteArray();

    assertSame(encoded, masker.mask(encoded));
  }

  @Test
  void aSuspiciousEventWithoutASecretIsTheSameArray() {
    byte[] encoded = log("\u001b[32mtoken: none, see https://example.com\u001b[0m").toByteArray();

    assertSame(encoded, masker.mask(encoded));
  }

  @Test
  void theEnvelopeStaysAsItIs() throws InvalidProtocolBufferException {
    Event event =
        log("password=" + "hunter2hunter").toBuilder()
            .setStreamId(TOKEN)
            .setProducerId(TOKEN)
            .setProducerSequence(4111111111111111L)
            .setOccurredAt(Timestamp.newBuilder().setSeconds(1_730_632_020).setNanos(27))
            .setActor(Actor.newBuilder().setKind(ActorKind.ACTOR_KIND_AGENT).setId(TOKEN))
            .build();

    Event masked = Event.parseFrom(masker.mask(event.toByteArray()));

    assertEquals(
        event.toBuilder().setLog(log("password=[masked:credential]").getLog()).build(), masked);
  }

  @Test
  void theInputIsNeverChanged() {
    byte[] encoded = log(TOKEN).toByteArray();
    byte[] copy = encoded.clone();

    assertNotSame(encoded, masker.mask(encoded));
    assertArrayEquals(copy, encoded);
  }

  @Test
  void anUnknownKindWithoutASecretPassesUnchanged() {
    byte[] encoded = unknownKind(text("all is well"), 3).toByteArray();

    assertSame(encoded, masker.mask(encoded));
  }

  @Test
  void anUnknownKindIsMaskedHoweverDeepItsTextIs() throws InvalidProtocolBufferException {
    ByteString deep = text("line " + TOKEN);
    ByteString masked = text("line " + MASK);
    for (int depth = 0; depth < 20; depth++) {
      deep = unknownKind(deep, depth).toByteString();
      masked = unknownKind(masked, depth).toByteString();
    }

    byte[] result = masker.mask(deep.toByteArray());

    assertEquals(
        UnknownFieldSet.parseFrom(masked), UnknownFieldSet.parseFrom(ByteString.copyFrom(result)));
  }

  @Test
  void anUnknownFieldOfAKnownKindIsMasked() throws InvalidProtocolBufferException {
    Event event = withUnknownField(TOKEN);

    assertEquals(withUnknownField(MASK), Event.parseFrom(masker.mask(event.toByteArray())));
  }

  @Test
  void anUnknownGroupIsMasked() throws InvalidProtocolBufferException {
    assertArrayEquals(group(MASK).toByteArray(), masker.mask(group(TOKEN).toByteArray()));
  }

  @Test
  void terminalBytesThatAreNotQuiteUtf8AreMasked() {
    ByteString cut = ByteString.copyFrom(new byte[] {(byte) 0x9f, (byte) 0x98});

    byte[] masked = masker.mask(unknownKind(cut.concat(text(" " + TOKEN)), 1).toByteArray());

    assertArrayEquals(unknownKind(cut.concat(text(" " + MASK)), 1).toByteArray(), masked);
  }

  @Test
  void binaryIsNotCorrupted() {
    byte[] binary = new byte[256];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) (255 - i);
    }
    ByteString picture = ByteString.copyFrom(binary).concat(text(TOKEN));
    byte[] encoded = unknownKind(picture, 1).toByteArray();

    assertSame(encoded, masker.mask(encoded));
  }

  @Test
  void lengthsInALongerEncodingThanNeededArePatchedWell() throws InvalidProtocolBufferException {
    byte[] thought = Thought.newBuilder().setText(TOKEN).build().toByteArray();
    // Field 16 as a message, its length in three bytes where one would do.
    byte[] head = {(byte) 0x82, 0x01, (byte) (thought.length | 0x80), (byte) 0x80, 0x00};
    byte[] encoded = Arrays.copyOf(head, head.length + thought.length);
    System.arraycopy(thought, 0, encoded, head.length, thought.length);

    assertEquals(MASK, Event.parseFrom(masker.mask(encoded)).getThought().getText());
  }

  @Test
  void bytesThatAreNoMessageAreMaskedAsText() {
    byte[] garbage = ("\u0007\u0007" + TOKEN).getBytes(StandardCharsets.UTF_8);

    assertArrayEquals(
        ("\u0007\u0007" + MASK).getBytes(StandardCharsets.UTF_8), masker.mask(garbage));
  }

  @Test
  void addressesAreMaskedOnlyWhenAsked() {
    String text = "mail bob.smith+x@mail.example.com, or @bob";

    assertSame(text, masker.mask(text));
    assertEquals(
        "mail [masked:email], or @bob", new EventMasker(new MaskingConfiguration(true)).mask(text));
    assertFalse(new MaskingConfiguration(false).emails());
  }

  private static Event log(String line) {
    return Event.newBuilder()
        .setLog(LogLine.newBuilder().setLevel(LogLevel.LOG_LEVEL_INFO).setLine(line))
        .build();
  }

  private static Event eventWith(FieldDescriptor field, String value) {
    FieldDescriptor kind =
        Event.getDescriptor().getOneofs().getFirst().getFields().stream()
            .filter(candidate -> candidate.getMessageType() == field.getContainingType())
            .findFirst()
            .orElseThrow();
    Event.Builder event = Event.newBuilder().setProducerSequence(7);
    Message.Builder payload = event.newBuilderForField(kind);
    payload.setField(field, field.isRepeated() ? List.of("clean", value) : value);
    return event.setField(kind, payload.build()).build();
  }

  private static UnknownFieldSet unknownKind(ByteString value, int number) {
    return UnknownFieldSet.newBuilder()
        .addField(4, UnknownFieldSet.Field.newBuilder().addVarint(number).build())
        .addField(
            UNKNOWN_KIND,
            UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).addFixed64(27).build())
        .build();
  }

  private static UnknownFieldSet group(String text) {
    UnknownFieldSet inside =
        UnknownFieldSet.newBuilder()
            .addField(3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(text(text)).build())
            .build();
    return UnknownFieldSet.newBuilder()
        .addField(UNKNOWN_KIND, UnknownFieldSet.Field.newBuilder().addGroup(inside).build())
        .build();
  }

  private static Event withUnknownField(String text) {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addLengthDelimited(text(text)).build())
            .build();
    return Event.newBuilder().setLog(LogLine.newBuilder().setUnknownFields(unknown)).build();
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
