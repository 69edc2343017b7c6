package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents that drop keep their tasks for a while. Two servers look, and it happens once. */
final class DropsTest {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static TestRedis redis;
  private static TestServer server;
  private static TestServer other;
  private static Client ann;

  @BeforeAll
  static void start() {
    redis = TestRedis.start();
    String[] settings = {
      redis.property(),
      "clawlive.rooms.lease=1s",
      "clawlive.rooms.grace=2s",
      "clawlive.rooms.sweep-interval=50ms",
      "clawlive.leases.settling=0s"
    };
    server = TestServer.start(settings);
    other = server.sibling(settings);
    ann = server.person("ann").client();
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
    redis.close();
  }

  private static Worker agent(TaskRoom room) {
    Worker agent = server.worker("d" + NUMBER.incrementAndGet());
    room.with(agent.client());
    return agent;
  }

  private static long claimed(TaskRoom room, Worker agent) {
    long task = room.create(ann, "work").getTaskId();
    room.claim(agent.client(), task);
    return task;
  }

  private static long reopened(TaskRoom room, long task) {
    return room.story(task).stream()
        .filter(change -> change == TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
        .count();
  }

  @Test
  void anAgentThatComesBackInTimeKeepsItsTasksAndOneThatDoesNotLosesThemOnce() {
    TaskRoom room = TaskRoom.open(ann);
    Worker returns = agent(room);
    Worker gone = agent(room);
    room.present(returns.client());
    room.present(gone.client());
    long kept = claimed(room, returns);
    long lost = claimed(room, gone);
    long working = claimed(room, gone);
    room.move(gone.client(), working, TaskMove.TASK_MOVE_START);
    long handedIn = room.create(ann, "handed in").getTaskId();
    room.work(gone.client(), handedIn, TaskRoom.WORK);
    // Neither gives a sign of life any more; then one of them does, at the other server.
    Together.pause(Duration.ofMillis(1_600));
    Client back = returns.at(other).client();
    var beating = Thread.ofVirtual().start(() -> {
      while (!Thread.currentThread().isInterrupted()) {
        room.present(back);
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          return;
        }
      }
    });
    try {
      Together.soon(
          "the tasks are open again",
          SOON,
          () ->
              room.read(lost).getState() == TaskState.TASK_STATE_OPEN
                  && room.read(working).getState() == TaskState.TASK_STATE_OPEN);
      Together.pause(Duration.ofMillis(2_500));
      assertEquals(1, reopened(room, lost), "once, though two servers look");
      assertEquals(1, reopened(room, working));
      assertEquals(TaskState.TASK_STATE_REVIEW, room.read(handedIn).getState());
      assertEquals(returns.handle(), room.holder(kept));
      assertEquals(0, reopened(room, kept));
    } finally {
      beating.interrupt();
    }
    Event event =
        room.events().stream()
            .filter(e ->
                e.getTask().getChange() == TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
            .findFirst()
            .orElseThrow();
    assertEquals(ActorKind.ACTOR_KIND_SERVER, event.getActor().getKind());
    assertEquals("Whoever had it is gone for 2 seconds.", event.getTask().getReason());
  }

  @Test
  void theGraceCountsFromTheMomentTheAgentWasGone() {
    TaskRoom room = TaskRoom.open(ann);
    Worker agent = agent(room);
    room.present(agent.client());
    long task = claimed(room, agent);
    Together.pause(Duration.ofMillis(300));
    room.present(agent.client(), Presence.PRESENCE_OFFLINE);
    long start = System.nanoTime();
    Together.soon("it is open again", SOON, () -> !room.read(task).hasAssignee());
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertEquals(true, millis >= GRACE.toMillis() - 50, () -> "after " + millis + " ms");
    System.out.println("open again " + millis + " ms after the drop, with a grace of " + GRACE);
  }

  @Test
  void anAgentThatWasNeverThereHasTheSameTimeFromItsClaimOn() {
    TaskRoom room = TaskRoom.open(ann);
    Worker agent = agent(room);
    Together.pause(Duration.ofMillis(2_200));
    long task = claimed(room, agent);
    Together.pause(Duration.ofMillis(1_200));
    assertEquals(agent.handle(), room.holder(task), "the grace begins with the claim");
    Together.soon("it is open again", SOON, () -> !room.read(task).hasAssignee());
    assertEquals(
        List.of(
            TaskChangeKind.TASK_CHANGE_KIND_CREATED,
            TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
            TaskChangeKind.TASK_CHANGE_KIND_REOPENED),
        room.story(task));
  }

  @Test
  void aPersonKeepsATaskHoweverLongItIsAway() {
    TaskRoom room = TaskRoom.open(ann);
    long task = room.create(ann, "mine").getTaskId();
    room.claim(ann, task);
    Together.pause(Duration.ofMillis(2_800));
    assertEquals("ann", room.holder(task));
  }

  @Test
  void whileNobodyCanTellWhoIsThereNobodyLosesAnything() {
    TaskRoom room = TaskRoom.open(ann);
    Worker agent = agent(room);
    long task = claimed(room, agent);
    redis.kill();
    try {
      Together.pause(Duration.ofMillis(3_500));
      assertEquals(agent.handle(), room.holder(task));
    } finally {
      redis.startAgain();
    }
    Together.soon("it is open again", SOON, () -> !room.read(task).hasAssignee());
  }
}
