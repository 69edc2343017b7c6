package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.rooms.v1.ListTasksRequest;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.rooms.v1.UpdateTaskRequest;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskPriority;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkSubmission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class TaskStepsTest {
  private static TestServer server;
  private static Person ann;
  private static Person ben;
  private static Worker bob;
  private static Worker eve;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    ann = server.person("ann");
    ben = server.person("ben");
    bob = server.worker("bob");
    eve = server.worker("eve");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Ann rules the room, Ben writes the tasks, Bob has them and Eve stands by. */
  private static TaskRoom room() {
    return TaskRoom.open(ann.client()).with(ben.client(), bob.client(), eve.client());
  }

  /**
   * What each step comes to for the host, the writer, whoever has the task and another agent, in
   * this order: + it is made, = nothing changes, t the state does not allow it, n it is for
   * somebody else, k somebody has the task, o only hosts assign.
   */
  private static String expected(TaskState state, TaskStep step) {
    return switch (state) {
      case TASK_STATE_OPEN ->
          switch (step) {
            case UPDATE, CANCEL -> "++nn";
            case CLAIM -> "++++";
            case ASSIGN -> "+ooo";
            case START, RELEASE, SUBMIT, MERGE, REJECT, REQUEST_CHANGES -> "tttt";
          };
      case TASK_STATE_CLAIMED ->
          switch (step) {
            case UPDATE, CANCEL -> "++nn";
            case CLAIM -> "kk=k";
            case ASSIGN -> "+ooo";
            case START, RELEASE -> "nn+n";
            case SUBMIT, MERGE, REJECT, REQUEST_CHANGES -> "tttt";
          };
      case TASK_STATE_IN_PROGRESS ->
          switch (step) {
            case UPDATE, CANCEL -> "++nn";
            case CLAIM -> "kk=k";
            case ASSIGN -> "+ooo";
            case START -> "tt=t";
            case RELEASE, SUBMIT -> "nn+n";
            case MERGE, REJECT, REQUEST_CHANGES -> "tttt";
          };
      case TASK_STATE_REVIEW ->
          switch (step) {
            case UPDATE, MERGE, REJECT, REQUEST_CHANGES, CANCEL -> "++nn";
            case CLAIM -> "kk=k";
            case ASSIGN -> "tooo";
            case START, RELEASE -> "tttt";
            case SUBMIT -> "tt=t";
          };
      case TASK_STATE_MERGED ->
          switch (step) {
            case ASSIGN -> "tooo";
            case MERGE -> "=ttt";
            case UPDATE, CLAIM, START, RELEASE, SUBMIT, REJECT, REQUEST_CHANGES, CANCEL -> "tttt";
          };
      case TASK_STATE_CANCELLED ->
          switch (step) {
            case ASSIGN -> "tooo";
            case CANCEL -> "=ttt";
            case UPDATE, CLAIM, START, RELEASE, SUBMIT, MERGE, REJECT, REQUEST_CHANGES -> "tttt";
          };
      case TASK_STATE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(state);
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskState.class,
      mode = Mode.EXCLUDE,
      names = {"TASK_STATE_UNSPECIFIED", "UNRECOGNIZED"})
  void everyStepFromEveryStateByEverybodyIsMadeOrRefusedAsTheTableSays(TaskState state) {
    TaskRoom room = room();
    List<Client> callers = List.of(ann.client(), ben.client(), bob.client(), eve.client());
    List<String> wrong = new ArrayList<>();
    Task task = bring(room, state);
    for (TaskStep step : TaskStep.values()) {
      String expected = expected(state, step);
      for (int i = 0; i < callers.size(); i++) {
        char outcome = outcome(room, callers.get(i), task, step);
        if (outcome != expected.charAt(i)) {
          wrong.add(step + " by caller " + i + ": " + outcome + ", not " + expected.charAt(i));
        }
        if (outcome == '+') {
          task = bring(room, state);
        } else {
          assertEquals(task, room.read(task.getTaskId()), "what is refused changes nothing");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static Task bring(TaskRoom room, TaskState state) {
    long id = room.create(ben.client(), "a task").getTaskId();
    if (state == TaskState.TASK_STATE_CANCELLED) {
      return room.move(ann.client(), id, TaskMove.TASK_MOVE_CANCEL);
    }
    if (state.compareTo(TaskState.TASK_STATE_CLAIMED) >= 0) {
      room.claim(bob.client(), id);
    }
    if (state.compareTo(TaskState.TASK_STATE_IN_PROGRESS) >= 0) {
      room.move(bob.client(), id, TaskMove.TASK_MOVE_START);
    }
    if (state.compareTo(TaskState.TASK_STATE_REVIEW) >= 0) {
      room.submit(bob.client(), id, TaskRoom.WORK);
    }
    if (state.compareTo(TaskState.TASK_STATE_MERGED) >= 0) {
      room.move(ann.client(), id, TaskMove.TASK_MOVE_MERGE);
    }
    Task task = room.read(id);
    assertEquals(state, task.getState());
    return task;
  }

  private static char outcome(TaskRoom room, Client by, Task before, TaskStep step) {
    try {
      Task after = make(room, by, before.getTaskId(), step);
      assertEquals(after, room.read(before.getTaskId()));
      return after.equals(before) ? '=' : '+';
    } catch (io.grpc.StatusRuntimeException e) {
      Refused refused = Refused.of(e);
      return switch (refused.reason()) {
        case ERROR_REASON_TASK_TRANSITION_REFUSED -> {
          assertEquals(TaskStep.word(before.getState()), refused.metadata("state"));
          assertEquals(step.word(), refused.metadata("asked"));
          assertFalse(List.of(refused.metadata("allowed").split(", ")).contains(step.word()));
          yield 't';
        }
        case ERROR_REASON_TASK_NOT_YOURS -> 'n';
        case ERROR_REASON_TASK_TAKEN -> {
          assertEquals("bob", refused.metadata("holder"));
          yield 'k';
        }
        case ERROR_REASON_NOT_OWNER -> 'o';
        default -> throw e;
      };
    }
  }

  private static Task make(TaskRoom room, Client by, long task, TaskStep step) {
    return switch (step) {
      case UPDATE ->
          by.tasks()
              .updateTask(
                  UpdateTaskRequest.newBuilder()
                      .setRoomId(room.id())
                      .setTaskId(task)
                      .setTitle("another")
                      .build())
              .getTask();
      case CLAIM -> room.claim(by, task);
      case ASSIGN -> room.assign(by, task, "eve");
      case START -> room.move(by, task, TaskMove.TASK_MOVE_START);
      case RELEASE -> room.move(by, task, TaskMove.TASK_MOVE_RELEASE);
      case SUBMIT -> room.submit(by, task, TaskRoom.WORK).getTask();
      case MERGE -> room.move(by, task, TaskMove.TASK_MOVE_MERGE);
      case REJECT -> room.move(by, task, TaskMove.TASK_MOVE_REJECT);
      case REQUEST_CHANGES -> room.move(by, task, TaskMove.TASK_MOVE_REQUEST_CHANGES);
      case CANCEL -> room.move(by, task, TaskMove.TASK_MOVE_CANCEL);
    };
  }

  @Test
  void aTaskGoesItsWayAndEveryStepIsToldWithTheWholeTask() {
    TaskRoom room = room();
    long id = room.create(ben.client(), "the way").getTaskId();
    room.work(bob.client(), id, TaskRoom.WORK);
    room.move(ben.client(), id, TaskMove.TASK_MOVE_REQUEST_CHANGES);
    room.submit(bob.client(), id, TaskRoom.WORK.toBuilder().setBranch("again").build());
    room.move(ann.client(), id, TaskMove.TASK_MOVE_REJECT);
    assertFalse(room.read(id).hasAssignee(), "nobody has it");
    room.work(eve.client(), id, TaskRoom.WORK);
    Task merged = room.move(ben.client(), id, TaskMove.TASK_MOVE_MERGE);
    assertEquals("eve", merged.getAssignee().getHandle());
    assertEquals(
        List.of(
            TaskChangeKind.TASK_CHANGE_KIND_CREATED,
            TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
            TaskChangeKind.TASK_CHANGE_KIND_STARTED,
            TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
            TaskChangeKind.TASK_CHANGE_KIND_CHANGES_REQUESTED,
            TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
            TaskChangeKind.TASK_CHANGE_KIND_REJECTED,
            TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
            TaskChangeKind.TASK_CHANGE_KIND_STARTED,
            TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
            TaskChangeKind.TASK_CHANGE_KIND_MERGED),
        room.story(id));
    Event last = room.events().getLast();
    assertEquals(merged, last.getTask().getTask());
    assertEquals(ben.accountId(), last.getActor().getId());
  }

  @Test
  void workRestsOutsideActiveRoomsAndEverythingElseGoesOnUntilTheRoomIsCompleted() {
    TaskRoom room = room();
    long claimed = room.create(ben.client(), "claimed").getTaskId();
    room.claim(bob.client(), claimed);
    long working = room.create(ben.client(), "working").getTaskId();
    room.claim(bob.client(), working);
    room.move(bob.client(), working, TaskMove.TASK_MOVE_START);
    long reviewed = room.create(ben.client(), "reviewed").getTaskId();
    room.work(bob.client(), reviewed, TaskRoom.WORK);
    long open = room.create(ben.client(), "open").getTaskId();

    room.become(RoomState.ROOM_STATE_PAUSED);
    ErrorReason resting = ErrorReason.ERROR_REASON_ROOM_NOT_ACTIVE;
    assertEquals(
        "paused", Refused.with(resting, () -> room.claim(bob.client(), open)).metadata("state"));
    Refused.with(resting, () -> room.assign(ann.client(), open, "eve"));
    Refused.with(resting, () -> room.move(bob.client(), claimed, TaskMove.TASK_MOVE_START));
    Refused.with(resting, () -> room.submit(bob.client(), working, TaskRoom.WORK));
    assertEquals(
        "bob", room.claim(bob.client(), claimed).getAssignee().getHandle(), "has it still");
    room.create(ben.client(), "new");
    make(room, ben.client(), open, TaskStep.UPDATE);
    room.move(bob.client(), claimed, TaskMove.TASK_MOVE_RELEASE);
    room.move(ann.client(), reviewed, TaskMove.TASK_MOVE_MERGE);
    room.move(ben.client(), open, TaskMove.TASK_MOVE_CANCEL);

    var made = CreateTaskRequest.newBuilder().setTitle("before the end").setRequestId("once");
    Task before = room.create(ben.client(), made);
    room.become(RoomState.ROOM_STATE_COMPLETED);
    ErrorReason over = ErrorReason.ERROR_REASON_ROOM_COMPLETED;
    for (TaskStep step : TaskStep.values()) {
      Client by = step == TaskStep.ASSIGN ? ann.client() : bob.client();
      Refused.with(over, () -> make(room, by, working, step));
    }
    Refused.with(over, () -> room.create(ben.client(), "late"));
    Refused.with(over, () -> report(room, bob.client(), working));
    assertEquals(before, room.create(ben.client(), made), "a repeated request has its answer");
  }

  @Test
  void aSteeredAgentTakesBeginsAndHandsInNothingUntilItIsResumed() {
    TaskRoom room = room();
    long open = room.create(ben.client(), "open").getTaskId();
    long claimed = room.create(ben.client(), "claimed").getTaskId();
    room.claim(bob.client(), claimed);
    long working = room.create(ben.client(), "working").getTaskId();
    room.claim(bob.client(), working);
    room.move(bob.client(), working, TaskMove.TASK_MOVE_START);
    room.steer("bob", SteeringAction.STEERING_ACTION_PAUSE);
    ErrorReason steered = ErrorReason.ERROR_REASON_AGENT_STEERED;
    assertEquals(
        "paused", Refused.with(steered, () -> room.claim(bob.client(), open)).metadata("work"));
    Refused.with(steered, () -> room.assign(ann.client(), open, "bob"));
    Refused.with(steered, () -> room.move(bob.client(), claimed, TaskMove.TASK_MOVE_START));
    Refused.with(steered, () -> room.submit(bob.client(), working, TaskRoom.WORK));
    assertEquals("bob", room.holder(working), "it keeps what it has");
    room.move(bob.client(), claimed, TaskMove.TASK_MOVE_RELEASE);

    room.steer("bob", SteeringAction.STEERING_ACTION_RESUME);
    room.submit(bob.client(), working, TaskRoom.WORK);
    room.steer("bob", SteeringAction.STEERING_ACTION_STOP);
    room.move(ann.client(), working, TaskMove.TASK_MOVE_REQUEST_CHANGES);
    assertEquals(
        TaskState.TASK_STATE_OPEN, room.read(working).getState(), "a stopped agent cannot go on");
  }

  @Test
  void anAgentDoesNotMergeItsOwnWorkAndAPersonMay() {
    TaskRoom agents = TaskRoom.open(bob.client()).with(ann.client());
    long task = agents.create(bob.client(), "mine").getTaskId();
    agents.work(bob.client(), task, TaskRoom.WORK);
    Refused.with(
        ErrorReason.ERROR_REASON_TASK_NOT_YOURS,
        () -> agents.move(bob.client(), task, TaskMove.TASK_MOVE_MERGE));
    TaskRoom people = TaskRoom.open(ann.client());
    long own = people.create(ann.client(), "mine").getTaskId();
    people.work(ann.client(), own, TaskRoom.WORK);
    assertEquals(
        TaskState.TASK_STATE_MERGED,
        people.move(ann.client(), own, TaskMove.TASK_MOVE_MERGE).getState());
  }

  @Test
  void whatIsAskedTwiceHappensOnce() {
    TaskRoom room = room();
    var request = CreateTaskRequest.newBuilder().setTitle("once").setRequestId("r".repeat(64));
    List<Callable<Task>> many =
        IntStream.range(0, 8)
            .<Callable<Task>>mapToObj(i -> () -> room.create(ben.client(), request.clone()))
            .toList();
    assertEquals(1, new HashSet<>(Together.run(many)).size());
    long id = room.create(ben.client(), request).getTaskId();
    assertTrue(room.create(bob.client(), request).getTaskId() > id, "bob's own");

    room.claim(bob.client(), id);
    room.claim(bob.client(), id);
    room.move(bob.client(), id, TaskMove.TASK_MOVE_RELEASE);
    room.move(bob.client(), id, TaskMove.TASK_MOVE_RELEASE);
    Refused.with(
        ErrorReason.ERROR_REASON_TASK_TRANSITION_REFUSED,
        () -> room.move(eve.client(), id, TaskMove.TASK_MOVE_RELEASE));
    room.assign(ann.client(), id, "bob");
    room.assign(ann.client(), id, bob.agentId());
    room.move(bob.client(), id, TaskMove.TASK_MOVE_START);
    room.move(bob.client(), id, TaskMove.TASK_MOVE_START);
    WorkSubmission secret =
        TaskRoom.WORK.toBuilder()
            .setDescription("key ghp_" + "a1B2".repeat(9))
            .setRequestsReview(true)
            .build();
    var submitted = room.submit(bob.client(), id, secret);
    assertFalse(submitted.toString().contains("a1B2"), "masked");
    assertEquals(submitted, room.submit(bob.client(), id, secret));
    assertEquals(1, submitted.getApprovalId());
    room.move(ann.client(), id, TaskMove.TASK_MOVE_REJECT);
    room.move(ann.client(), id, TaskMove.TASK_MOVE_REJECT);
    room.move(ben.client(), id, TaskMove.TASK_MOVE_CANCEL);
    room.move(ben.client(), id, TaskMove.TASK_MOVE_CANCEL);
    assertEquals(
        List.of(
            TaskChangeKind.TASK_CHANGE_KIND_CREATED,
            TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
            TaskChangeKind.TASK_CHANGE_KIND_RELEASED,
            TaskChangeKind.TASK_CHANGE_KIND_ASSIGNED,
            TaskChangeKind.TASK_CHANGE_KIND_STARTED,
            TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
            TaskChangeKind.TASK_CHANGE_KIND_REJECTED,
            TaskChangeKind.TASK_CHANGE_KIND_CANCELLED),
        room.story(id));
  }

  @Test
  void whoIsNotInTheRoomTakesNoPart() {
    TaskRoom room = room();
    long id = room.create(ben.client(), "ours").getTaskId();
    Client stranger = server.worker("stranger").client();
    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER, () -> room.claim(stranger, id));
    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER, () -> room.create(stranger, "mine"));
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_MISSING, () -> room.claim(server.nobody(), id));
    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER, () -> room.claim(server.admin(), id));
    Task seen =
        server
            .nobody()
            .tasks()
            .getTask(GetTaskRequest.newBuilder().setRoomId(room.id()).setTaskId(id).build())
            .getTask();
    assertEquals("ours", seen.getTitle());
    Refused.with(
        ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND, () -> room.assign(ann.client(), id, "stranger"));
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_NOT_FOUND,
        () ->
            bob.client()
                .tasks()
                .claimTask(
                    ClaimTaskRequest.newBuilder()
                        .setRoomId("00000000-0000-7000-8000-000000000000")
                        .setTaskId(id)
                        .build()));
    assertEquals(
        TaskState.TASK_STATE_CANCELLED,
        room.move(server.admin(), id, TaskMove.TASK_MOVE_CANCEL).getState(),
        "an administrator keeps order");
  }

  @Test
  void hostsAssignWhereThatIsTheRule() {
    TaskRoom room =
        TaskRoom.open(
                ann.client(),
                RoomSettings.newBuilder()
                    .setAssignment(AssignmentStrategy.ASSIGNMENT_STRATEGY_HOST))
            .with(bob.client(), eve.client());
    long id = room.create(bob.client(), "whose?").getTaskId();
    Refused.with(ErrorReason.ERROR_REASON_ASSIGNED_BY_HOST, () -> room.claim(bob.client(), id));
    room.assign(ann.client(), id, "eve");
    room.assign(ann.client(), id, "bob");
    assertEquals("bob", room.holder(id), "the host thought again");
  }

  @Test
  void aTaskIsWrittenWithWhatBelongsToItAndListedPageByPage() {
    TaskRoom room = room();
    long said = room.say(bob.client(), "this and that").getSequence();
    Instant soon = Instant.now().plusSeconds(60);
    Task task =
        room.create(
            ben.client(),
            CreateTaskRequest.newBuilder()
                .setTitle("  with everything ")
                .setDescription("**more**")
                .setPriority(TaskPriority.TASK_PRIORITY_HIGH)
                .setDeadline(Timestamps.of(soon))
                .addContext(said)
                .addContext(said));
    assertEquals("with everything", task.getTitle());
    assertEquals(List.of(said), task.getContextList());
    assertEquals(TaskState.TASK_STATE_OPEN, task.getState());
    assertEquals("ben", task.getCreator().getHandle());
    Task plain = room.create(bob.client(), "plain");
    assertEquals(TaskPriority.TASK_PRIORITY_MEDIUM, plain.getPriority());
    room.claim(bob.client(), plain.getTaskId());

    var request = ListTasksRequest.newBuilder().setRoomId(room.id()).setPageSize(1);
    var first = ann.client().tasks().listTasks(request.build());
    assertEquals(List.of(task), first.getTasksList());
    assertTrue(first.getHasMore());
    var second = ann.client().tasks().listTasks(request.setAfterTaskId(1).build());
    assertEquals("plain", second.getTasks(0).getTitle());
    assertFalse(second.getHasMore());
    var claimed =
        server
            .nobody()
            .tasks()
            .listTasks(request.setAfterTaskId(0).addStates(TaskState.TASK_STATE_CLAIMED).build());
    assertEquals(1, claimed.getTasksCount());
    var forSpectators =
        server
            .nobody()
            .tasks()
            .getTask(GetTaskRequest.newBuilder().setRoomId(room.id()).setTaskId(1).build())
            .getTask();
    assertEquals(0, forSpectators.getContextCount(), "members' chat is not named to others");
  }

  @Test
  void whatCannotBeIsRefused() {
    TaskRoom room = room();
    Client by = ben.client();
    ErrorReason invalid = ErrorReason.ERROR_REASON_INVALID_FIELD;
    long task = room.create(by, "one").getTaskId();
    Refused.with(invalid, () -> room.create(by, ""));
    Refused.with(invalid, () -> room.create(by, "   "));
    Refused.with(invalid, () -> room.create(by, "x".repeat(201)));
    for (Timestamp deadline :
        List.of(
            Timestamps.of(Instant.now().minusSeconds(1)),
            Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build(),
            Timestamp.newBuilder().setSeconds(9_000_000_000L).setNanos(-1).build())) {
      Refused.with(
          invalid,
          () ->
              room.create(
                  by, CreateTaskRequest.newBuilder().setTitle("late").setDeadline(deadline)));
    }
    long direct =
        room.say(
                ann.client(),
                io.clawlive.rooms.v1.SendRoomMessageRequest.newBuilder()
                    .setMessage("psst")
                    .setVisibility(io.clawlive.streams.v1.ChatVisibility.CHAT_VISIBILITY_DIRECT)
                    .addRecipients("eve"))
            .getSequence();
    for (long sequence : List.of(1L, 999L, direct)) {
      Refused.with(
          invalid,
          () ->
              room.create(
                  by, CreateTaskRequest.newBuilder().setTitle("about").addContext(sequence)));
    }
    Refused.with(invalid, () -> room.move(by, task, TaskMove.TASK_MOVE_UNSPECIFIED));
    Refused.with(
        invalid,
        () ->
            room.submit(
                by, task, WorkSubmission.newBuilder().setPullRequestUrl("javascript:1").build()));
    Refused.with(ErrorReason.ERROR_REASON_TASK_NOT_FOUND, () -> room.claim(by, 99));
    Refused.with(ErrorReason.ERROR_REASON_TASK_NOT_FOUND, () -> room.read(99));
    Refused.with(ErrorReason.ERROR_REASON_TASK_NOT_FOUND, () -> report(room, by, 99));
    assertEquals(1, room.story(task).size());
  }

  @Test
  void aRoomHasOneThousandUnfinishedTasksAtMost() {
    TaskRoom room = room();
    long task = room.create(ben.client(), "one").getTaskId();
    server
        .database()
        .execute(
            """
            INSERT INTO room_tasks (room_id, task_id, state, producer_id, changed, content)
            SELECT room_id, n, 1, 'p' || n, 1, content
            FROM room_tasks, generate_series(2, 1000) AS n WHERE room_id = ?::uuid
            """,
            room.id());
    var refused =
        Refused.with(
            ErrorReason.ERROR_REASON_TOO_MANY_TASKS, () -> room.create(ben.client(), "more"));
    assertEquals("1000", refused.metadata("limit"));
    Refused.with(
        ErrorReason.ERROR_REASON_TOO_MANY_TASKS, () -> room.say(ben.client(), "/task more"));
    room.move(ben.client(), task, TaskMove.TASK_MOVE_CANCEL);
    assertEquals(1_001, room.create(ben.client(), "again").getTaskId());
  }

  @Test
  void progressIsToldUnderTheNameOfWhoeverSaysSo() {
    TaskRoom room = room();
    long task = room.create(ben.client(), "one").getTaskId();
    long sequence = report(room, bob.client(), task);
    Event told = room.events().getLast();
    assertEquals(sequence, told.getSequence());
    assertEquals("bob", told.getProgress().getParty().getHandle());
    assertEquals(40, told.getProgress().getPercent());
    assertTrue(report(room, bob.client(), 0) > sequence, "of no task of the room");
    assertEquals(
        List.of("a.txt"),
        server.nobody().everything(room.id()).getLast().getProgress().getFilesList());
    assertEquals("", server.nobody().everything(room.id()).getLast().getProgress().getMessage());
  }

  private static long report(TaskRoom room, Client by, long task) {
    return by.tasks()
        .reportProgress(
            ReportProgressRequest.newBuilder()
                .setRoomId(room.id())
                .setProgress(
                    TaskProgress.newBuilder()
                        .setTaskId(task)
                        .setPercent(40)
                        .setMessage("well on my way")
                        .addFiles("a.txt"))
                .build())
        .getSequence();
  }

  @Test
  void theTablesFollowFromTheEventsAlone() {
    TaskRoom room = room();
    long task = room.create(ben.client(), "one").getTaskId();
    room.work(bob.client(), task, TaskRoom.WORK.toBuilder().setRequestsReview(true).build());
    room.move(ann.client(), task, TaskMove.TASK_MOVE_REJECT);
    var database = server.database();
    String tasks = "SELECT t::text FROM room_tasks t WHERE room_id = ?::uuid ORDER BY task_id";
    String approvals =
        "SELECT a::text FROM room_approvals a WHERE room_id = ?::uuid ORDER BY approval_id";
    List<String> before = new ArrayList<>(database.read(tasks, room.id()));
    before.addAll(database.read(approvals, room.id()));
    assertEquals(2, before.size());
    database.execute("DELETE FROM room_tasks WHERE room_id = ?::uuid", room.id());
    database.execute("DELETE FROM room_approvals WHERE room_id = ?::uuid", room.id());
    RoomProjection projection = server.bean(RoomProjection.class);
    room.events().stream()
        .filter(event -> event.hasTask() || event.hasApproval())
        .forEach(event -> projection.apply(java.util.UUID.fromString(room.id()), event));
    List<String> after = new ArrayList<>(database.read(tasks, room.id()));
    after.addAll(database.read(approvals, room.id()));
    assertEquals(before, after);
  }
}
