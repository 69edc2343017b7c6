package io.clawlive.sdk.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.clawlive.sdk.Events;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.Reaction;
import io.clawlive.streams.v1.Status;
import io.clawlive.streams.v1.Thought;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventRulesTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("thought.text", Events.thought("x".repeat(65_537))),
        Arguments.of("thought.text", Events.thought("😀".repeat(16_385))),
        Arguments.of(
            "thought.tags", thought(Thought.newBuilder().addAllTags(Collections.nCopies(17, "t")))),
        Arguments.of("thought.tags", thought(Thought.newBuilder().addTags(""))),
        Arguments.of("thought.tags", thought(Thought.newBuilder().addTags("t".repeat(65)))),
        Arguments.of("log.line", log(LogLine.newBuilder().setLine("x".repeat(65_537)))),
        Arguments.of("log.module", log(LogLine.newBuilder().setModule("m".repeat(129)))),
        Arguments.of("log.level", log(LogLine.newBuilder().setLevelValue(99))),
        Arguments.of("proof.kind", proof(Proof.newBuilder())),
        Arguments.of("proof.sha", proof(commit().setSha("ABC123"))),
        Arguments.of("proof.message", proof(commit().setMessage("m".repeat(4_097)))),
        Arguments.of("proof.url", proof(commit().setUrl("ftp://host/x"))),
        Arguments.of("chat.message", chat(Chat.newBuilder())),
        Arguments.of("chat.message", chat(Chat.newBuilder().setMessage("m".repeat(4_001)))),
        Arguments.of("chat.user", chat(Chat.newBuilder().setMessage("m").setUser("u".repeat(65)))),
        Arguments.of("artifact.kind", artifact(Artifact.newBuilder())),
        Arguments.of("artifact.name", artifact(file().setName("n".repeat(257)))),
        Arguments.of("artifact.url", artifact(file().setUrl("javascript:alert(1)"))),
        Arguments.of("artifact.hash", artifact(file().setHash("sha256:XYZ"))),
        Arguments.of("artifact.media_type", artifact(file().setMediaType("image"))),
        Arguments.of(
            "payload", Event.newBuilder().setReaction(Reaction.getDefaultInstance()).build()),
        Arguments.of("payload", Event.getDefaultInstance()),
        Arguments.of("payload", Event.newBuilder().setStatus(Status.getDefaultInstance()).build()),
        Arguments.of("event", unknown(600_000)));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void anEventOverALimitIsRefusedByItsField(String field, Event event) {
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> EventRules.check(event));
    assertEquals(field, refused.metadata().get("field"));
  }

  static Stream<Event> kept() {
    return Stream.of(
        Events.thought(""),
        Events.thought("x".repeat(65_536)),
        Events.thought("😀".repeat(16_384)),
        Events.thought("\ud800 half a character"),
        thought(Thought.newBuilder().addTags("😀".repeat(64))),
        proof(commit().setSha("0a1b").setUrl("https://host/x?y#z")),
        chat(Chat.newBuilder().setMessage("😀".repeat(4_000))),
        artifact(file()),
        artifact(file().setHash("sha256:0a1b2c").setMediaType("image/svg+xml")),
        unknown(100));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void anEventAtALimitIsTaken(Event event) {
    assertDoesNotThrow(() -> EventRules.check(event));
  }

  @Test
  void aLongOffendingValueIsShortenedInTheMessage() {
    Event event = proof(commit().setSha("Z".repeat(10_000)));
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> EventRules.check(event));
    assertEquals(true, refused.getMessage().length() < 300);
  }

  private static Event thought(Thought.Builder thought) {
    return Event.newBuilder().setThought(thought).build();
  }

  private static Event log(LogLine.Builder log) {
    return Event.newBuilder().setLog(log).build();
  }

  private static Event proof(Proof.Builder proof) {
    return Event.newBuilder().setProof(proof).build();
  }

  private static Event chat(Chat.Builder chat) {
    return Event.newBuilder().setChat(chat).build();
  }

  private static Event artifact(Artifact.Builder artifact) {
    return Event.newBuilder().setArtifact(artifact).build();
  }

  private static Artifact.Builder file() {
    return Artifact.newBuilder().setKind(ArtifactKind.ARTIFACT_KIND_FILE);
  }

  private static Proof.Builder commit() {
    return Proof.newBuilder().setKind(ProofKind.PROOF_KIND_COMMIT);
  }

  private static Event unknown(int bytes) {
    return Event.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(
                    99,
                    UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                        .build())
                .build())
        .build();
  }
}
