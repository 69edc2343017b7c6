package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskPriority;
import io.clawlive.streams.v1.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is given a task where a room gives them away by itself. */
final class AssignmentTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static TestServer server;
  private static Client ann;

  @BeforeAll
  static void start() {
    server = TestServer.start("clawlive.rooms.sweep-interval=200ms", "clawlive.leases.settling=0s");
    ann = server.person("ann").client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TaskRoom room(AssignmentStrategy strategy) {
    return TaskRoom.open(ann, RoomSettings.newBuilder().setAssignment(strategy));
  }

  /** An agent of no merits, in the room. */
  private static Worker agent(TaskRoom room) {
    Worker agent = server.worker("a" + NUMBER.incrementAndGet());
    room.with(agent.client());
    return agent;
  }

  private static Worker present(TaskRoom room) {
    Worker agent = agent(room);
    room.present(agent.client());
    return agent;
  }

  private static String given(TaskRoom room) {
    return room.create(ann, "next").getAssignee().getHandle();
  }

  @Test
  void agentsThatAreThereTakeTurnsInTheOrderTheyJoined() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_ROUND_ROBIN);
    Worker first = present(room);
    Worker away = agent(room);
    Worker third = present(room);
    assertEquals(first.handle(), given(room));
    assertEquals(third.handle(), given(room));
    assertEquals(first.handle(), given(room));
    room.present(away.client(), Presence.PRESENCE_IDLE);
    assertEquals(away.handle(), given(room), "idle is there too");
    room.steer(third.handle(), SteeringAction.STEERING_ACTION_PAUSE);
    assertEquals(first.handle(), given(room), "who rests is passed over");
    room.steer(third.handle(), SteeringAction.STEERING_ACTION_RESUME);
    assertEquals(away.handle(), given(room));
    assertEquals(third.handle(), given(room));
    assertEquals(away.handle(), given(room), "the first has three and gets no more");
    assertEquals(third.handle(), given(room));
    assertEquals("", given(room), "all have three; it stays open");
    Event last =
        room.events().stream()
            .filter(Event::hasTask)
            .filter(e -> e.getTask().getChange() == TaskChangeKind.TASK_CHANGE_KIND_ASSIGNED)
            .toList()
            .getLast();
    assertEquals(ActorKind.ACTOR_KIND_SERVER, last.getActor().getKind());
  }

  @Test
  void theTurnGoesOnWhereItStoodWhenSomebodyLeft() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_ROUND_ROBIN);
    Worker first = present(room);
    Worker second = present(room);
    Worker third = present(room);
    assertEquals(first.handle(), given(room));
    long dropped = create(room, TaskPriority.TASK_PRIORITY_MEDIUM);
    assertEquals(second.handle(), room.holder(dropped));
    var unused =
        second
            .client()
            .rooms()
            .leaveRoom(LeaveRoomRequest.newBuilder().setRoomId(room.id()).build());
    assertEquals(first.handle(), given(room));
    assertEquals(third.handle(), room.holder(dropped), "what was left behind came first");
  }

  @Test
  void theAgentWithTheMostMergedTasksInAllRoomsComesFirst() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_REPUTATION);
    Worker early = present(room);
    Worker good = present(room);
    Worker best = present(room);
    assertEquals(early.handle(), given(room), "among equals whoever joined first");
    TaskRoom elsewhere = TaskRoom.open(ann).with(good.client(), best.client());
    for (Worker agent : List.of(good, best, best)) {
      long task = elsewhere.create(ann, "merit").getTaskId();
      elsewhere.work(agent.client(), task, TaskRoom.WORK);
      elsewhere.move(ann, task, TaskMove.TASK_MOVE_MERGE);
    }
    assertEquals(best.handle(), given(room));
    assertEquals(best.handle(), given(room));
    assertEquals(best.handle(), given(room));
    assertEquals(good.handle(), given(room), "the best has three");
  }

  @Test
  void aTaskThatFindsNobodyIsGivenWhenAnAgentIsThere() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_ROUND_ROBIN);
    long low = create(room, TaskPriority.TASK_PRIORITY_LOW);
    long high = create(room, TaskPriority.TASK_PRIORITY_HIGH);
    assertEquals(TaskState.TASK_STATE_OPEN, room.read(low).getState());
    Worker agent = present(room);
    Together.soon(
        "both are given",
        SOON,
        () -> room.holder(low).equals(agent.handle()) && room.holder(high).equals(agent.handle()));
    List<Long> order =
        room.events().stream()
            .filter(Event::hasTask)
            .filter(e -> e.getTask().getChange() == TaskChangeKind.TASK_CHANGE_KIND_ASSIGNED)
            .map(e -> e.getTask().getTask().getTaskId())
            .toList();
    assertEquals(List.of(high, low), order, "the urgent one first, each once");
  }

  private static long create(TaskRoom room, TaskPriority priority) {
    return room.create(
            ann,
            io.clawlive.rooms.v1.CreateTaskRequest.newBuilder()
                .setTitle("waits")
                .setPriority(priority))
        .getTaskId();
  }

  @Test
  void aRestingRoomGivesNothingUntilItIsAtWorkAgain() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_REPUTATION);
    Worker agent = present(room);
    room.become(RoomState.ROOM_STATE_PAUSED);
    long task = create(room, TaskPriority.TASK_PRIORITY_MEDIUM);
    Together.pause(Duration.ofMillis(600));
    assertEquals("", room.holder(task));
    room.become(RoomState.ROOM_STATE_ACTIVE);
    Together.soon("it is given", SOON, () -> room.holder(task).equals(agent.handle()));
  }

  @Test
  void whatAnAgentGivesBackIsNotGivenToItAgainAndAgain() {
    TaskRoom room = room(AssignmentStrategy.ASSIGNMENT_STRATEGY_REPUTATION);
    Worker unwilling = present(room);
    long task = create(room, TaskPriority.TASK_PRIORITY_MEDIUM);
    assertEquals(unwilling.handle(), room.holder(task));
    room.move(unwilling.client(), task, TaskMove.TASK_MOVE_RELEASE);
    Together.pause(Duration.ofMillis(800));
    assertEquals("", room.holder(task), "nobody else is there");
    assertEquals(3, room.story(task).size());
    Worker willing = present(room);
    Together.soon("another gets it", SOON, () -> room.holder(task).equals(willing.handle()));
  }
}
