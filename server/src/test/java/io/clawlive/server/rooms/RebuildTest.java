package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.DeleteMessageRequest;
import io.clawlive.rooms.v1.DeleteRoomRequest;
import io.clawlive.rooms.v1.EditMessageRequest;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.ImportRoomResponse;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.RebuildRoomsResponse;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RebuildTest {
  private static TestServer server;
  private static Client ann;
  private static Client ben;
  private static Worker bot;

  @BeforeAll
  static void start() {
    server = TestServer.start("clawlive.leases.settling=0s");
    ann = server.person("ann").client();
    ben = server.person("ben").client();
    bot = server.worker("bot");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> rebuild(boolean compareOnly) {
    List<String> differences = new ArrayList<>();
    server
        .admin()
        .rooms()
        .rebuildRooms(RebuildRoomsRequest.newBuilder().setCompareOnly(compareOnly).build())
        .forEachRemaining((RebuildRoomsResponse done) ->
            done.getDifferencesList()
                .forEach(difference -> differences.add(done.getRoomId() + " " + difference)));
    return differences;
  }

  private static TestRoom lively() {
    TestRoom room = TestRoom.hidden(ann);
    room.join(ben, room.link(2).getSecret());
    room.join(bot.client(), room.link(1).getSecret());
    room.beat(ann, "tab", Presence.PRESENCE_ACTIVE);
    long first = room.say(ben, "helo");
    long second = room.say(ben, "oops");
    var edited =
        ben.chat()
            .editMessage(
                EditMessageRequest.newBuilder()
                    .setStreamId(room.id())
                    .setSequence(first)
                    .setMessage("hello")
                    .build());
    var deleted =
        ben.chat()
            .deleteMessage(
                DeleteMessageRequest.newBuilder()
                    .setStreamId(room.id())
                    .setSequence(second)
                    .build());
    var paused =
        ann.rooms()
            .steerAgent(
                SteerAgentRequest.newBuilder()
                    .setRoomId(room.id())
                    .setMemberId("bot")
                    .setAction(SteeringAction.STEERING_ACTION_PAUSE)
                    .build());
    return room;
  }

  @Test
  void theLogGivesTheSameTables() {
    TestRoom room = lively();
    TestRoom deleted = TestRoom.open(ann);
    var unused =
        ann.rooms().deleteRoom(DeleteRoomRequest.newBuilder().setRoomId(deleted.id()).build());
    TestRoom completed = TestRoom.open(ann);
    completed.move(RoomState.ROOM_STATE_COMPLETED);
    var before = room.context(ann);

    assertEquals(List.of(), rebuild(true));
    assertEquals(List.of(), rebuild(false));
    assertEquals(List.of(), rebuild(true));
    assertEquals(before, room.context(ann));
  }

  @Test
  void whatWasChangedByHandIsFoundAndMended() {
    TestRoom room = lively();
    var before = room.context(ann);
    int gone = server.database().execute("DELETE FROM room_members WHERE handle = 'bot'");
    int changed =
        server
            .database()
            .execute("UPDATE rooms SET name = 'hacked' WHERE id = '%s'".formatted(room.id()));
    assertTrue(gone > 0 && changed == 1, "something was changed by hand");

    List<String> found = rebuild(true);
    assertTrue(found.contains(room.id() + " rooms: different in the log"), found::toString);
    assertTrue(
        found.stream()
            .anyMatch(line ->
                line.startsWith(room.id() + " room_members bot ")
                    && line.endsWith(": only in the log")),
        found::toString);
    assertTrue(found.size() >= 2, "comparing mends nothing");
    rebuild(false);
    assertEquals(List.of(), rebuild(true));
    assertEquals(before, room.context(ann));
  }

  private static ImportRoomResponse imported(String recording) {
    return ann.rooms()
        .importRoom(
            ImportRoomRequest.newBuilder()
                .setRecording(ByteString.copyFromUtf8(recording))
                .build());
  }

  private static String recording() throws IOException {
    try (var in = RebuildTest.class.getResourceAsStream("/recorded-room.json")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void aRecordingBecomesARoomAndAFalseTotalIsReported() throws IOException {
    ImportRoomResponse answer = imported(recording());

    assertEquals(RoomState.ROOM_STATE_COMPLETED, answer.getRoom().getFacts().getState());
    assertEquals(1, answer.getDifferencesCount(), answer::toString);
    var difference = answer.getDifferences(0);
    assertEquals("commits", difference.getName());
    assertEquals(12, difference.getClaimed());
    assertEquals(answer.getTotalsOrThrow("commits"), difference.getComputed());
    var events = ann.everything(answer.getRoom().getRoomId());
    assertTrue(events.size() >= 80, () -> events.size() + " events");
    assertEquals(
        answer.getTotalsOrThrow("messages"),
        events.stream().filter(event -> event.hasChat()).count());
    assertTrue(
        events.stream().anyMatch(event -> event.getOccurredAt().getSeconds() < 1_790_000_000L),
        "events keep their times");
    assertEquals(List.of(), rebuild(true), "imported tables come from the log as well");
  }

  private static String said(String fields) {
    return "{\"room\":{\"name\":\"x\"},\"messages\":[{\"userId\":\"a\"," + fields + "}]}";
  }

  private static String did(String action, String payload) {
    return said(
        "\"type\":\"agent_action\",\"agentId\":\"a\",\"action\":\"%s\",\"payload\":{%s}"
            .formatted(action, payload));
  }

  @Test
  void whatARecordingSaysIsHeldAgainstTheRulesOfTheContract() {
    String message = said("\"type\":\"chat_message\",\"message\":\"m\"");
    for (String bad :
        List.of(
            message.replace("\"name\":\"x\"", "\"name\":\"x\",\"gitRepo\":\"javascript:alert(1)\""),
            message.replace("\"x\"", "\"" + "x".repeat(101) + "\""),
            message.replace("\"a\"", "\"" + "a".repeat(65) + "\""),
            message.replace("\"m\"", "\"" + "m".repeat(4_001) + "\""),
            did("code_commit", "\"sha\":\"not hex\""),
            did("pr_created", "\"url\":\"javascript:alert(1)\""),
            did("task_pickup", "\"taskId\":\"t\",\"description\":\"" + "d".repeat(8_001) + "\""),
            did(
                "status_update",
                "\"status\":\"idle\",\"currentTask\":\"" + "t".repeat(257) + "\""))) {
      Refused refused =
          Refused.with(ErrorReason.ERROR_REASON_RECORDING_INVALID, () -> imported(bad));
      assertTrue(
          refused.message().startsWith("room: ") || refused.message().startsWith("messages[0]: "),
          refused.message());
    }
    assertEquals(1, imported(message).getTotalsOrThrow("messages"));
  }

  @Test
  void aFileThatIsNoRecordingIsRefusedWithWhereItIsWrong() {
    for (String bad :
        List.of(
            "not json",
            "[]",
            "{}",
            "{\"room\":{\"name\":\"x\"},\"messages\":[]}",
            "{\"room\":{\"name\":\"x\"},\"messages\":[7]}",
            "{\"room\":{\"name\":\"x\"},\"messages\":[{\"type\":\"dance\"}]}",
            "{\"room\":{\"name\":\"x\"},\"messages\":[{\"type\":\"chat_message\",\"userId\":\"a\"}]}",
            "{\"room\":{\"name\":\"x\"},\"messages\":[{\"type\":\"chat_message\",\"userId\":\"a\","
                + "\"message\":\"m\",\"timestamp\":\"yesterday\"}]}",
            "{\"room\":{\"name\":\"x\"},\"totals\":{\"messages\":\"many\"},"
                + "\"messages\":[{\"type\":\"chat_message\",\"userId\":\"a\",\"message\":\"m\"}]}")) {
      Refused refused =
          Refused.with(ErrorReason.ERROR_REASON_RECORDING_INVALID, () -> imported(bad));
      assertTrue(!refused.message().isBlank());
    }
    Refused third =
        Refused.any(
            () -> imported("{\"room\":{\"name\":\"x\"},\"messages\":[{\"type\":\"dance\"}]}"));
    assertTrue(third.message().contains("messages[0].type"), third.message());
  }
}
