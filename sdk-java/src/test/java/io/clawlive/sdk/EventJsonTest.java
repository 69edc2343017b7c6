package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ApprovalChange;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Invitation;
import io.clawlive.streams.v1.InvitationChange;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.PresenceChange;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.RoomChangeKind;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SandboxChange;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import io.clawlive.streams.v1.StatusState;
import io.clawlive.streams.v1.Steering;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final Instant OCCURRED = Instant.parse("2026-11-21T09:00:00.123456789Z");
  private static final Instant RECORDED = Instant.parse("2026-11-21T09:00:01Z");

  private static final Party ADA =
      Party.newBuilder()
          .setKind(ActorKind.ACTOR_KIND_ACCOUNT)
          .setId("a-1")
          .setHandle("ada")
          .build();

  static Stream<EventPayload> payloads() {
    return Stream.of(
        new EventPayload.Thought(
            "one \"two\"\n\tthree \\ é 😀 \u2028 \u001b[31m", List.of("a", "b")),
        new EventPayload.LogLine(LogLevel.LOG_LEVEL_WARN, "module", "line", true),
        new EventPayload.Proof(ProofKind.PROOF_KIND_COMMIT, "0a1b2c", "done", "https://host/x"),
        new EventPayload.Chat("user", "hello", List.of("👍")),
        new EventPayload.Chat(
            "user",
            "@ada look",
            List.of(),
            ChatVisibility.CHAT_VISIBILITY_DIRECT,
            List.of(ADA),
            List.of(ADA),
            12,
            true),
        new EventPayload.Room(
            RoomChange.newBuilder()
                .setChange(RoomChangeKind.ROOM_CHANGE_KIND_MOVED)
                .setRoom(
                    RoomFacts.newBuilder()
                        .setName("Release")
                        .setState(RoomState.ROOM_STATE_ACTIVE)
                        .setSettings(RoomSettings.newBuilder().setMaxMembers(5)))
                .build()),
        new EventPayload.Member(
            MemberChange.newBuilder().setMember(Member.newBuilder().setParty(ADA)).build()),
        new EventPayload.Presence(
            PresenceChange.newBuilder()
                .setMember(
                    Member.newBuilder()
                        .setParty(ADA)
                        .addCapabilities("java")
                        .setPresenceSince(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                .build()),
        new EventPayload.Task(
            TaskChange.newBuilder()
                .setTask(Task.newBuilder().setTaskId(3).addContext(7).addContext(1L << 60))
                .build()),
        new EventPayload.Progress(TaskProgress.newBuilder().setPercent(0).setTaskId(3).build()),
        new EventPayload.Progress(TaskProgress.newBuilder().addFiles("a.txt").build()),
        new EventPayload.Approval(
            ApprovalChange.newBuilder().setApproval(Approval.newBuilder().setTitle("?")).build()),
        new EventPayload.Steered(
            Steering.newBuilder().setAction(SteeringAction.STEERING_ACTION_STOP).build()),
        new EventPayload.ChatChanged(
            ChatChange.newBuilder().setSequence(4).setDeleted(true).addReaders(ADA).build()),
        new EventPayload.Invited(
            InvitationChange.newBuilder()
                .setInvitation(Invitation.newBuilder().setSecretHash(ByteString.copyFromUtf8("h")))
                .build()),
        new EventPayload.Sandboxed(
            SandboxChange.newBuilder()
                .setState(SandboxState.SANDBOX_STATE_STOPPED)
                .setReason(SandboxReason.SANDBOX_REASON_OUT_OF_MEMORY)
                .setExitCode(137)
                .build()),
        new EventPayload.Status(StatusState.STATUS_STATE_PAUSED, "lunch"),
        new EventPayload.Alert(AlertKind.ALERT_KIND_NO_HEARTBEAT, "silent"),
        new EventPayload.Reaction(3, "👍", true),
        new EventPayload.Artifact(
            ArtifactKind.ARTIFACT_KIND_SCREENSHOT, "a", "https://host/a", "0a1b", "image/png"),
        new EventPayload.Unknown(99, ByteString.copyFromUtf8("raw")));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void everyKindIsReadBackAsItWasWritten(EventPayload payload) {
    String line = EventJson.write(event(payload));
    assertEquals(event(payload), EventJson.read(line));
    assertTrue(line.chars().allMatch(c -> c >= 0x20 && c != 0x7f), line);
  }

  @Test
  void theLineHasTheDocumentedForm() {
    assertEquals(
        "{\"session_id\":\"s\",\"sequence\":7,\"type\":\"log\",\"payload\":{\"level\":\"info\","
            + "\"module\":\"\",\"line\":\"a\\u001b[0m\",\"continued\":false},"
            + "\"occurred_at\":\"2026-11-21T09:00:00.123456789Z\","
            + "\"recorded_at\":\"2026-11-21T09:00:01Z\"}",
        EventJson.write(
            event(new EventPayload.LogLine(LogLevel.LOG_LEVEL_INFO, "", "a\u001b[0m", false))));
  }

  @Test
  void anEventOfARoomNamesItsRoomAndHoldsItsMessage() {
    StreamEvent event =
        event(
            new EventPayload.Task(
                TaskChange.newBuilder()
                    .setChange(TaskChangeKind.TASK_CHANGE_KIND_CREATED)
                    .setTask(
                        Task.newBuilder()
                            .setTaskId(3)
                            .setTitle("Fix it")
                            .setState(TaskState.TASK_STATE_OPEN))
                    .build()));
    String line = EventJson.writeInRoom(event);
    assertEquals(
        "{\"room_id\":\"s\",\"sequence\":7,\"type\":\"task\",\"payload\":{\"change\":\"created\",\"task\":{\"task_id\":3,\"title\":\"Fix"
            + " it\",\"description\":\"\",\"state\":\"open\","
            + "\"priority\":\"unspecified\",\"context\":[]},\"reason\":\"\"},"
            + "\"occurred_at\":\"2026-11-21T09:00:00.123456789Z\","
            + "\"recorded_at\":\"2026-11-21T09:00:01Z\"}",
        line);
    assertEquals(event, EventJson.read(line));
  }

  @Test
  void anyTextSurvivesTheWayThereAndBack() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(20, 0, 0x10000).forEach(unit -> text.append((char) unit));
      StreamEvent event = event(new EventPayload.Thought(text.toString(), List.of()));
      assertEquals(event, EventJson.read(EventJson.write(event)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"session_id\":\"s\"}",
        "{\"session_id\":1,\"sequence\":1}",
        "{\"sequence\":\"1\"}",
        "{\"sequence\":01}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":1} x",
        "{\"a\":99999999999999999999}",
        "{\"session_id\":\"s\",\"sequence\":1,\"occurred_at\":\"yesterday\"}"
      })
  void anythingElseIsRefusedWithASentence(String line) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> EventJson.read(line));
    assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
  }

  @Test
  void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
    assertThrows(IllegalArgumentException.class, () -> EventJson.read("[".repeat(100_000)));
  }

  private static StreamEvent event(EventPayload payload) {
    return new StreamEvent("s", 7, "", 0, OCCURRED, RECORDED, Actor.getDefaultInstance(), payload);
  }
}
