package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.AssignTaskRequest;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.rooms.v1.UpdateTaskRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskPriority;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkSubmission;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of tasks once they are written. Each call is one step, decided while the room is
 * held.
 */
@Singleton
public final class Tasks {
  private final RoomChanges changes;
  private final RoomViews views;
  private final TaskRepository repository;
  private final TaskWriting writing;
  private final Assignment assignment;
  private final HeldTasks held;
  private final WorkReviews reviews;
  private final Clock clock;

  Tasks(
      RoomChanges changes,
      RoomViews views,
      TaskRepository repository,
      TaskWriting writing,
      Assignment assignment,
      HeldTasks held,
      WorkReviews reviews,
      Clock clock) {
    this.changes = changes;
    this.views = views;
    this.repository = repository;
    this.writing = writing;
    this.assignment = assignment;
    this.held = held;
    this.reviews = reviews;
    this.clock = clock;
  }

  static Refusal notFound(long task) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_TASK_NOT_FOUND,
        "The room has no task %,d.".formatted(task),
        "task_id",
        Long.toString(task));
  }

  /** Writes a task; the room's strategy may give it to somebody at once. */
  Task create(UUID room, CreateTaskRequest request, Caller caller) {
    writing.requireMessages(views.get(room), request.getContextList(), caller);
    writing.requireToCome(request.hasDeadline(), request.getDeadline());
    Task.Builder task =
        Task.newBuilder()
            .setTitle(TaskWriting.title(request.getTitle()))
            .setDescription(request.getDescription())
            .setPriority(priority(request.getPriority()))
            .addAllContext(request.getContextList().stream().distinct().sorted().toList());
    if (request.hasDeadline()) {
      task.setDeadline(request.getDeadline());
    }
    String producer = TaskWriting.producer(caller, request.getRequestId());
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          Optional<Task> earlier = writing.earlier(room, producer);
          return earlier.isPresent()
              ? earlier.get()
              : writing.write(draft, producer, task, null, Standing.of(draft.view(), caller));
        });
  }

  static TaskPriority priority(TaskPriority asked) {
    return asked == TaskPriority.TASK_PRIORITY_UNSPECIFIED
        ? TaskPriority.TASK_PRIORITY_MEDIUM
        : asked;
  }

  private TaskDraft hold(RoomDraft draft, long id, Caller caller) {
    draft.requireOpen();
    TaskRow row = repository.find(draft.id(), id).orElseThrow(() -> notFound(id));
    return new TaskDraft(
        draft, row, Stored.read(Task.parser(), row.content()), Standing.of(draft.view(), caller));
  }

  /** Changes what the request sets; writes nothing where that changes nothing. */
  Task update(UUID room, UpdateTaskRequest request, Caller caller) {
    writing.requireToCome(request.hasDeadline(), request.getDeadline());
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          TaskDraft held = hold(draft, request.getTaskId(), caller);
          held.require(TaskStep.UPDATE);
          Task.Builder task = held.task().toBuilder();
          if (request.hasTitle()) {
            task.setTitle(TaskWriting.title(request.getTitle()));
          }
          if (request.hasDescription()) {
            task.setDescription(request.getDescription());
          }
          if (request.getPriority() != TaskPriority.TASK_PRIORITY_UNSPECIFIED) {
            task.setPriority(request.getPriority());
          }
          if (request.hasDeadline()) {
            task.setDeadline(request.getDeadline());
          }
          return task.build().equals(held.task())
              ? held.task()
              : held.make(TaskStep.UPDATE, task, "", clock.instant());
        });
  }

  /**
   * Takes an open task. Whoever has it already has it still.
   *
   * @throws Refusal when somebody else has it, and for every other reason of ClaimTask
   */
  public Task claim(UUID room, long id, Caller caller) {
    // Of many that race most are answered here, without waiting for the room.
    repository
        .find(room, id)
        .ifPresent(row -> requireFree(Stored.read(Task.parser(), row.content()), caller));
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          TaskDraft held = hold(draft, id, caller);
          Task task = held.task();
          if (isHeld(task) && held.who().is(task.getAssignee())) {
            return task;
          }
          requireFree(task, caller);
          held.require(TaskStep.CLAIM);
          requireForEverybody(draft.view(), task, held.who());
          return held.make(
              TaskStep.CLAIM,
              task.toBuilder().setAssignee(held.who().party()),
              "",
              clock.instant());
        });
  }

  /** Whether somebody has it. */
  private static boolean isHeld(Task task) {
    return switch (task.getState()) {
      case TASK_STATE_CLAIMED, TASK_STATE_IN_PROGRESS, TASK_STATE_REVIEW -> true;
      case TASK_STATE_UNSPECIFIED,
          TASK_STATE_OPEN,
          TASK_STATE_MERGED,
          TASK_STATE_CANCELLED,
          UNRECOGNIZED ->
          false;
    };
  }

  private static void requireFree(Task task, Caller caller) {
    Party holder = task.getAssignee();
    if (isHeld(task) && !holder.getId().equals(caller.actor().getId())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TASK_TAKEN,
          "'%s' has task %,d.".formatted(holder.getHandle(), task.getTaskId()),
          "task_id",
          Long.toString(task.getTaskId()),
          "holder",
          holder.getHandle(),
          "holder_id",
          holder.getId());
    }
  }

  private static void requireForEverybody(RoomView room, Task task, Standing who) {
    if (room.facts().getSettings().getAssignment() == AssignmentStrategy.ASSIGNMENT_STRATEGY_HOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_ASSIGNED_BY_HOST,
          "Hosts of this room assign the tasks.",
          "task_id",
          Long.toString(task.getTaskId()));
    }
    if (task.hasReservedFor() && !who.is(task.getReservedFor())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TASK_RESERVED,
          "Task %,d is for '%s'.".formatted(task.getTaskId(), task.getReservedFor().getHandle()),
          "task_id",
          Long.toString(task.getTaskId()),
          "for",
          task.getReservedFor().getHandle());
    }
  }

  /** Gives a task to a member. Whoever has it already has it still. */
  Task assign(UUID room, AssignTaskRequest request, Caller caller) {
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          TaskDraft held = hold(draft, request.getTaskId(), caller);
          Party party = worker(draft.view(), request.getMemberId()).getParty();
          boolean has = held.task().getAssignee().getId().equals(party.getId());
          if (has && TaskStep.ASSIGN.allowedFrom(held.state())) {
            return held.task();
          }
          held.require(TaskStep.ASSIGN);
          Standing.requireNotSteered(draft.view(), party);
          return held.make(
              TaskStep.ASSIGN, held.task().toBuilder().setAssignee(party), "", clock.instant());
        });
  }

  /** A member who takes part. */
  static Member worker(RoomView room, String idOrHandle) {
    Member member = room.require(idOrHandle);
    if (member.getRole() == MemberRole.MEMBER_ROLE_SPECTATOR) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND,
          "'" + member.getParty().getHandle() + "' only looks on.",
          "member",
          idOrHandle);
    }
    return member;
  }

  /**
   * Begins, gives back, merges, rejects, sends back or cancels. The same move by the same caller
   * again changes nothing.
   *
   * @throws Refusal for every reason of MoveTask
   */
  public Task move(UUID room, MoveTaskRequest request, Caller caller) {
    TaskStep step = TaskStep.of(request.getMove());
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          TaskDraft task = hold(draft, request.getTaskId(), caller);
          if (!step.allowedFrom(task.state()) && task.isRepeated(step)) {
            return task.task();
          }
          task.require(step);
          return make(task, step, request.getReason());
        });
  }

  private Task make(TaskDraft task, TaskStep step, String reason) {
    Task.Builder changed = task.task().toBuilder();
    if (step.from(task.state()) == TaskState.TASK_STATE_OPEN) {
      changed.clearAssignee();
    }
    Task made = task.make(step, changed, reason, clock.instant());
    if (step == TaskStep.REQUEST_CHANGES) {
      held.reopenUnlessThere(task.room(), task.task().getAssignee());
    }
    assignment.give(task.room());
    return read(task.room().id(), made.getTaskId());
  }

  private Task read(UUID room, long id) {
    return repository
        .find(room, id)
        .map(row -> Stored.read(Task.parser(), row.content()))
        .orElseThrow(() -> notFound(id));
  }

  /**
   * Hands in work. The same work by the same caller again changes nothing.
   *
   * @throws Refusal for every reason of SubmitWork
   */
  public SubmitWorkResponse submit(UUID room, SubmitWorkRequest request, Caller caller) {
    WorkSubmission work = reviews.asStored(request.getWork());
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          TaskDraft held = hold(draft, request.getTaskId(), caller);
          Task task = held.task();
          if (held.state() == TaskState.TASK_STATE_REVIEW
              && held.who().is(task.getAssignee())
              && task.getWork().equals(work)) {
            return SubmitWorkResponse.newBuilder()
                .setTask(task)
                .setApprovalId(reviews.asked(draft, task))
                .build();
          }
          held.require(TaskStep.SUBMIT);
          Task submitted =
              held.make(TaskStep.SUBMIT, task.toBuilder().setWork(work), "", clock.instant());
          return SubmitWorkResponse.newBuilder()
              .setTask(submitted)
              .setApprovalId(
                  work.getRequestsReview() ? reviews.ask(draft, submitted, held.who().party()) : 0)
              .build();
        });
  }
}
