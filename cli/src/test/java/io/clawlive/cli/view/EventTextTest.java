package io.clawlive.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.EventPayload.Artifact;
import io.clawlive.sdk.EventPayload.Chat;
import io.clawlive.sdk.EventPayload.LogLine;
import io.clawlive.sdk.EventPayload.Proof;
import io.clawlive.sdk.EventPayload.Reaction;
import io.clawlive.sdk.EventPayload.Status;
import io.clawlive.sdk.EventPayload.Thought;
import io.clawlive.sdk.EventPayload.Unknown;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.StatusState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void everyKindIsOneLineOfTimeKindAndText() {
    assertEquals("12:00:00 ● thought  hm #plan", plain(new Thought("hm", List.of("plan"))));
    assertEquals(
        "12:00:00 │ warn     db: slow…",
        plain(new LogLine(LogLevel.LOG_LEVEL_WARN, "db", "slow", true)));
    assertEquals(
        "12:00:00 ✔ proof    commit  0123456789ab  Fix",
        plain(new Proof(ProofKind.PROOF_KIND_COMMIT, "0123456789abcdef", "Fix", "")));
    assertEquals("12:00:00 » chat     ann: hi", plain(new Chat("ann", "hi", List.of())));
    assertEquals(
        "12:00:00 ■ status   ended  done",
        plain(new Status(StatusState.STATUS_STATE_ENDED, "done")));
    assertEquals("12:00:00 » react    👍  on #7", plain(new Reaction(7, "👍", false)));
    assertEquals(
        "12:00:00 ◆ made     file  app.zip  sha256:0123456789ab  https://host/app.zip",
        plain(
            new Artifact(
                ArtifactKind.ARTIFACT_KIND_FILE,
                "app.zip",
                "https://host/app.zip",
                "sha256:0123456789abcdef",
                "application/zip")));
    assertTrue(plain(new Unknown(99, ByteString.EMPTY)).contains("kind 99"));
  }

  @Test
  void furtherLinesOfAThoughtStandUnderItsFirst() {
    assertEquals(
        "12:00:00 ● thought  a\n                    b", plain(new Thought("a\nb\n", List.of())));
  }

  @Test
  void noKindOfTextSteersTheTerminal() {
    String evil = "\u001b]0;title\u0007\u001b[2J\u001b[31mx";
    List<EventPayload> payloads =
        List.of(
            new Thought(evil, List.of(evil)),
            new LogLine(LogLevel.LOG_LEVEL_INFO, evil, evil, false),
            new Proof(ProofKind.PROOF_KIND_TEST, "", evil, evil),
            new Chat(evil, evil, List.of()),
            new Reaction(1, evil, false),
            new Artifact(ArtifactKind.ARTIFACT_KIND_FILE, evil, evil, evil, evil),
            new Status(StatusState.STATUS_STATE_LIVE, evil));
    for (EventPayload payload : payloads) {
      String text = new EventText(true, ZoneOffset.UTC).render(event(payload, NOON));
      assertFalse(text.contains("title") || text.contains("[2J"), text);
      assertFalse(plain(payload).contains("\u001b"), plain(payload));
    }
  }

  @Test
  void whatWasMaskedStandsOut() {
    String text =
        new EventText(true, ZoneOffset.UTC)
            .render(event(new Thought("key [masked:github] here", List.of()), NOON));
    assertTrue(text.contains("\u001b[7m[masked:github]\u001b[27m"), text);
  }

  @Test
  void aRecordingHasAHeaderAndFramesThatNeverStepBack() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Asciicast recording = new Asciicast(out, ZoneOffset.UTC);
    recording.begin(
        Session.newBuilder()
            .setTitle("Job")
            .setStartedAt(Timestamp.newBuilder().setSeconds(NOON.getEpochSecond()))
            .build());
    recording.frame(event(new Chat("", "a", List.of()), NOON.plusMillis(1500)));
    recording.frame(event(new Chat("", "b", List.of()), NOON.plusMillis(1000)));
    out.flush();
    List<String> lines = text.toString().lines().toList();
    assertEquals(
        "{\"version\":2,\"width\":120,\"height\":32,\"timestamp\":1767355200,\"title\":\"Job\"}",
        lines.getFirst());
    assertTrue(lines.get(1).startsWith("[1.5,\"o\",\""), lines.get(1));
    assertTrue(lines.get(2).startsWith("[1.5,\"o\",\""), lines.get(2));
    assertTrue(lines.get(2).endsWith("b\\r\\n\"]"), lines.get(2));
  }

  private static String plain(EventPayload payload) {
    return new EventText(false, ZoneOffset.UTC).render(event(payload, NOON));
  }

  private static StreamEvent event(EventPayload payload, Instant time) {
    return new StreamEvent("s", 1, "p", 1, time, time, Actor.getDefaultInstance(), payload);
  }
}
