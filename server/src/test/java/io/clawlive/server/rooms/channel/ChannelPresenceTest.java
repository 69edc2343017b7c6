package io.clawlive.server.rooms.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse.MessageCase;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.server.testing.Connecting;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * An agent is there while its channel is, and what it had is open again when it does not return.
 */
final class ChannelPresenceTest {
  private static final Duration SOON = Duration.ofSeconds(8);

  @AutoClose
  private static final TestServer server =
      TestServer.start(
          "clawlive.leases.settling=0s",
          "clawlive.rooms.sweep-interval=100ms",
          "clawlive.rooms.channel-check-interval=100ms",
          "clawlive.rooms.report=500ms",
          "clawlive.rooms.lease=1500ms",
          "clawlive.rooms.grace=1500ms");

  private static final Person host = server.person("host");

  private record Scene(Worker agent, TestRoom room) {
    Presence presence() {
      return room.member(agent.handle()).getPresence();
    }

    Connecting open() {
      return Connecting.open(agent);
    }

    Task task() {
      return host.client()
          .tasks()
          .getTask(GetTaskRequest.newBuilder().setRoomId(room.id()).setTaskId(1).build())
          .getTask();
    }

    long reopened() {
      return room.log(host.client()).stream()
          .filter(Event::hasTask)
          .filter(event -> event.getTask().getChange() == TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
          .count();
    }
  }

  private static Scene scene(String handle) {
    Worker agent = server.worker(handle);
    TestRoom room = TestRoom.open(host.client());
    var member = room.join(agent.client());
    assertEquals(handle, member.getParty().getHandle());
    return new Scene(agent, room);
  }

  private static void claimATask(Scene scene, Connecting channel) {
    var task =
        host.client()
            .tasks()
            .createTask(
                CreateTaskRequest.newBuilder().setRoomId(scene.room().id()).setTitle("do").build())
            .getTask();
    var claim =
        ConnectRequest.newBuilder()
            .setClaim(
                ClaimTaskRequest.newBuilder()
                    .setRoomId(scene.room().id())
                    .setTaskId(task.getTaskId()));
    Task claimed = channel.ask(claim).getTask();
    assertEquals(TaskState.TASK_STATE_CLAIMED, claimed.getState());
    assertEquals(scene.agent().agentId(), claimed.getAssignee().getId());
  }

  @Test
  void anAgentIsActiveAsLongAsItsChannelLives() {
    Scene scene = scene("alive");
    assertEquals(Presence.PRESENCE_OFFLINE, scene.presence());
    try (var channel = scene.open()) {
      channel.until(MessageCase.CONTEXT);
      for (int i = 0; i < 8; i++) {
        channel.beat();
        assertEquals(Presence.PRESENCE_ACTIVE, scene.presence());
        Together.pause(Duration.ofMillis(400));
      }
    }
    Together.soon(
        "the drop is seen at once, before its lease ends",
        Duration.ofMillis(1_000),
        () -> scene.presence() == Presence.PRESENCE_OFFLINE);
  }

  @Test
  void whatADroppedAgentHadIsOpenAgainOnceTheGraceIsOver() {
    Scene scene = scene("dropped");
    try (var channel = scene.open()) {
      claimATask(scene, channel);
    }
    assertEquals(TaskState.TASK_STATE_CLAIMED, scene.task().getState());
    Together.soon(
        "the task is open again", SOON, () -> scene.task().getState() == TaskState.TASK_STATE_OPEN);
    Together.pause(Duration.ofMillis(500));
    assertEquals(1, scene.reopened());
  }

  @Test
  void anAgentThatComesBackInTimeKeepsWhatItHas() {
    Scene scene = scene("back");
    try (var channel = scene.open()) {
      claimATask(scene, channel);
    }
    Together.soon("it is gone", SOON, () -> scene.presence() == Presence.PRESENCE_OFFLINE);
    try (var channel = scene.open()) {
      for (int i = 0; i < 8; i++) {
        channel.beat();
        Together.pause(Duration.ofMillis(300));
      }
      assertEquals(TaskState.TASK_STATE_CLAIMED, scene.task().getState());
      assertEquals(0, scene.reopened());
    }
  }

  @Test
  void goodbyeOpensItsTasksAtOnce() {
    Scene scene = scene("leaver");
    try (var channel = scene.open()) {
      claimATask(scene, channel);
      channel.goodbye();
    }
    assertEquals(Presence.PRESENCE_OFFLINE, scene.presence());
    assertEquals(TaskState.TASK_STATE_OPEN, scene.task().getState());
    assertEquals(1, scene.reopened());
  }

  @Test
  void whoSaysNothingForThreeReportsIsSentAway() {
    Scene scene = scene("silent");
    try (var channel = scene.open();
        var mute = Connecting.begin(scene.agent().client())) {
      assertEquals(ErrorReason.ERROR_REASON_CHANNEL_SILENT, channel.refused().reason());
      Together.soon("it is gone", SOON, () -> scene.presence() == Presence.PRESENCE_OFFLINE);
      assertEquals(
          ErrorReason.ERROR_REASON_CHANNEL_SILENT,
          mute.refused().reason(),
          "nor does one that never said hello stay");
    }
  }

  @Test
  void anyMessageIsASignOfLife() {
    Scene scene = scene("talker");
    try (var channel = scene.open()) {
      for (int i = 0; i < 8; i++) {
        String id = "m" + i;
        assertTrue(channel.say(id, scene.room().id(), "hm").result(id).hasSequence());
        Together.pause(Duration.ofMillis(400));
      }
    }
  }
}
