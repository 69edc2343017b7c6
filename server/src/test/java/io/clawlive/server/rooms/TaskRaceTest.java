package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.TaskChangeKind;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fifty agents on two servers want the same. */
final class TaskRaceTest {
  private static final int AGENTS = 50;

  private static TestRedis redis;
  private static TestServer server;
  private static TestServer other;
  private static List<Worker> agents;
  private static TaskRoom room;

  @BeforeAll
  static void start() {
    redis = TestRedis.start();
    server = TestServer.start(redis.property());
    other = server.sibling(redis.property());
    room =
        TaskRoom.open(
            server.person("ann").client(), RoomSettings.newBuilder().setMaxMembers(AGENTS + 1));
    agents =
        IntStream.range(0, AGENTS)
            .mapToObj(i -> server.worker("agent-" + i))
            .map(agent ->
                Integer.parseInt(agent.handle().substring(6)) % 2 == 0 ? agent : agent.at(other))
            .toList();
    agents.forEach(agent -> room.with(agent.client()));
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
    redis.close();
  }

  /** Who got the task; everybody else must be told that it is taken, and by whom. */
  private static String race(long task) {
    List<Callable<String>> claims =
        agents.stream().<Callable<String>>map(agent -> () -> claim(agent, task)).toList();
    List<String> answers = Together.run(claims);
    List<String> winners = answers.stream().filter(a -> a.startsWith("won by ")).toList();
    assertEquals(1, winners.size(), () -> "winners " + winners);
    String winner = winners.getFirst().substring("won by ".length());
    assertEquals(AGENTS - 1, answers.stream().filter(a -> a.equals("taken by " + winner)).count());
    return winner;
  }

  private static String claim(Worker agent, long task) {
    try {
      return "won by " + room.claim(agent.client(), task).getAssignee().getHandle();
    } catch (StatusRuntimeException e) {
      Refused refused = Refused.of(e);
      assertEquals(ErrorReason.ERROR_REASON_TASK_TAKEN, refused.reason(), refused.message());
      return "taken by " + refused.metadata("holder");
    }
  }

  @Test
  void ofFiftyThatClaimATaskOneGetsItAndTheOthersAreToldWho() {
    for (int round = 0; round < 3; round++) {
      long task = room.create(room.host(), "round " + round).getTaskId();
      String winner = race(task);
      assertEquals(winner, room.holder(task));
      assertEquals(
          List.of(TaskChangeKind.TASK_CHANGE_KIND_CREATED, TaskChangeKind.TASK_CHANGE_KIND_CLAIMED),
          room.story(task));
    }
  }

  @Test
  void fiftyThatTakeWhateverIsThereShareItWithoutATaskTakenTwice() {
    List<Long> tasks =
        IntStream.range(0, 20)
            .mapToObj(i -> room.create(room.host(), "share " + i).getTaskId())
            .toList();
    List<Integer> got =
        new ArrayList<>(
            Together.run(
                agents.stream()
                    .<Callable<Integer>>map(agent ->
                        () ->
                            (int)
                                tasks.stream()
                                    .filter(task ->
                                        claim(agent, task).equals("won by " + agent.handle()))
                                    .count())
                    .toList()));
    assertEquals(tasks.size(), got.stream().mapToInt(Integer::intValue).sum());
    for (long task : tasks) {
      assertEquals(2, room.story(task).size(), "written and claimed, no more");
    }
  }

  @Test
  void aTaskThatIsGivenBackWhileAllWantItGoesFromOneToTheNextAndIsNeverHeldByTwo() {
    long task = room.create(room.host(), "hot").getTaskId();
    Together.run(
        AGENTS,
        i -> {
          Client agent = agents.get(i).client();
          for (int tries = 0; tries < 4; tries++) {
            if (claim(agents.get(i), task).equals("won by " + agents.get(i).handle())) {
              room.move(agent, task, io.clawlive.rooms.v1.TaskMove.TASK_MOVE_RELEASE);
            }
          }
        });
    List<TaskChangeKind> story = room.story(task);
    assertTrue(story.size() >= 3);
    for (int i = 1; i < story.size(); i++) {
      assertEquals(
          i % 2 == 1
              ? TaskChangeKind.TASK_CHANGE_KIND_CLAIMED
              : TaskChangeKind.TASK_CHANGE_KIND_RELEASED,
          story.get(i),
          "claimed and given back in turn");
    }
  }
}
