package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.rooms.v1.ListMembersRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.server.platform.Leases;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
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

/**
 * Agents that drop keep their tasks for a while. Two servers look every 50 ms, on clocks that stand
 * still until a test moves them; what should happen happens once.
 */
final class DropsTest {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static TestRedis redis;
  private static TestServer server;
  private static TestServer other;
  private static Client host;

  @BeforeAll
  static void start() {
    redis = TestRedis.start();
    String[] settings = {
      redis.property(),
      MovableClock.PROPERTY,
      "clawlive.rooms.sweep-interval=50ms",
      "clawlive.leases.settling=0s"
    };
    server = TestServer.start(settings);
    other = server.sibling(settings);
    other.bean(MovableClock.class).follow(server.bean(MovableClock.class));
    host = server.admin();
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
    redis.close();
  }

  /** On both servers as good as at once: one that looks in between sees leases end in its past. */
  private static void pass(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    MovableClock here = server.bean(MovableClock.class);
    MovableClock there = other.bean(MovableClock.class);
    here.advance(time);
    there.advance(time);
  }

  /** Gives both servers the time to look several times. */
  private static void letThemLook() {
    Together.pause(Duration.ofMillis(400));
  }

  private static Worker agent(TaskRoom room) {
    Worker agent = server.worker("d" + NUMBER.incrementAndGet());
    room.with(agent.client());
    return agent;
  }

  private static long claimed(TaskRoom room, Worker agent) {
    long task = room.create(host, "work").getTaskId();
    room.claim(agent.client(), task);
    return task;
  }

  private static long reopened(TaskRoom room, long task) {
    return room.story(task).stream()
        .filter(change -> change == TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
        .count();
  }

  private static boolean is(TaskRoom room, Worker agent, Presence presence) {
    return host
        .rooms()
        .listMembers(ListMembersRequest.newBuilder().setRoomId(room.id()).build())
        .getMembersList()
        .stream()
        .filter(member -> member.getParty().getHandle().equals(agent.handle()))
        .allMatch(member -> member.getPresence() == presence);
  }

  private static void becomesOffline(TaskRoom room, Worker agent) {
    Together.soon(
        agent.handle() + " is gone", SOON, () -> is(room, agent, Presence.PRESENCE_OFFLINE));
  }

  /** Gives signs of life until they are heard. */
  private static void comes(TaskRoom room, Worker agent) {
    Together.soon(
        agent.handle() + " is there",
        SOON,
        () -> {
          room.present(agent.client());
          return is(room, agent, Presence.PRESENCE_ACTIVE);
        });
  }

  @Test
  void anAgentThatComesBackInTimeKeepsItsTasksAndOneThatDoesNotLosesThemOnce() {
    TaskRoom room = TaskRoom.open(host);
    Worker returns = agent(room);
    Worker gone = agent(room);
    comes(room, returns);
    comes(room, gone);
    long kept = claimed(room, returns);
    long lost = claimed(room, gone);
    long working = claimed(room, gone);
    room.move(gone.client(), working, TaskMove.TASK_MOVE_START);
    long handedIn = room.create(host, "handed in").getTaskId();
    room.work(gone.client(), handedIn, TaskRoom.WORK);

    pass(31);
    becomesOffline(room, returns);
    becomesOffline(room, gone);
    pass(50);
    comes(room, returns.at(other));
    pass(9);
    letThemLook();
    assertEquals(gone.handle(), room.holder(lost), "59 seconds are within the grace");
    pass(1);
    Together.soon(
        "both are open again",
        SOON,
        () -> !room.read(lost).hasAssignee() && !room.read(working).hasAssignee());
    letThemLook();
    assertEquals(TaskState.TASK_STATE_OPEN, room.read(working).getState());
    assertEquals(1, reopened(room, lost), "once, though two servers look");
    assertEquals(1, reopened(room, working));
    assertEquals(TaskState.TASK_STATE_REVIEW, room.read(handedIn).getState());
    assertEquals(returns.handle(), room.holder(kept));
    assertEquals(0, reopened(room, kept));
    Event event =
        room.events().stream()
            .filter(e -> e.getTask().getChange() == TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
            .findFirst()
            .orElseThrow();
    assertEquals(ActorKind.ACTOR_KIND_SERVER, event.getActor().getKind());
    assertEquals("Whoever had it is gone for 60 seconds.", event.getTask().getReason());
  }

  @Test
  void anAgentThatIsBackJustBeforeTheServersNoticeLosesNothing() {
    TaskRoom room = TaskRoom.open(host);
    for (int round = 0; round < 3; round++) {
      Worker agent = agent(room);
      long task = claimed(room, agent);
      pass(59);
      // What one server changed the other knows within a second.
      Together.pause(Duration.ofMillis(1_100));
      // It comes back at the very moment at which both servers find that its time is over.
      Together.run(
          2,
          i -> {
            if (i == 0) {
              room.present(agent.at(other).client());
            } else {
              pass(1);
            }
          });
      comes(room, agent);
      letThemLook();
      List<TaskChangeKind> story = room.story(task);
      assertEquals(
          story.size() == 3 ? "" : agent.handle(),
          room.holder(task),
          "either it kept the task or it lost it, once: " + story);
      assertEquals(true, story.size() == 2 || story.size() == 3, story::toString);
    }
  }

  @Test
  void anAgentThatWasNeverThereHasTheSameTimeFromItsClaimOn() {
    TaskRoom room = TaskRoom.open(host);
    Worker agent = agent(room);
    pass(100);
    long task = claimed(room, agent);
    pass(59);
    letThemLook();
    assertEquals(agent.handle(), room.holder(task), "the grace begins with the claim");
    pass(1);
    Together.soon("it is open again", SOON, () -> !room.read(task).hasAssignee());
    letThemLook();
    assertEquals(
        List.of(
            TaskChangeKind.TASK_CHANGE_KIND_CREATED,
            TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
            TaskChangeKind.TASK_CHANGE_KIND_REOPENED),
        room.story(task));
  }

  @Test
  void aPersonKeepsATaskHoweverLongItIsAway() {
    TaskRoom room = TaskRoom.open(host);
    long task = room.create(host, "mine").getTaskId();
    room.claim(host, task);
    pass(3_600);
    letThemLook();
    assertEquals(TaskState.TASK_STATE_CLAIMED, room.read(task).getState());
  }

  @Test
  void whileNobodyCanTellWhoIsThereNobodyLosesAnything() {
    TaskRoom room = TaskRoom.open(host);
    Worker agent = agent(room);
    long task = claimed(room, agent);
    redis.kill();
    try {
      pass(120);
      letThemLook();
      assertEquals(agent.handle(), room.holder(task));
    } finally {
      redis.startAgain();
    }
    Together.soon("it is open again", SOON, () -> !room.read(task).hasAssignee());
    // A sign of life given while one server does not hear Redis yet is believed, and kept by
    // nobody:
    // the other server would soon find whoever gave it gone.
    Together.soon("both hear Redis again", SOON, () -> hearsRedis(server) && hearsRedis(other));
  }

  private static boolean hearsRedis(TestServer one) {
    return one.bean(Leases.class).held(List.of("nobody")).isPresent();
  }
}
