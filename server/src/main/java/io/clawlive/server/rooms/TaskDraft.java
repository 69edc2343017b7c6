package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskState;
import java.time.Instant;
import java.util.stream.Collectors;

/** A task of a room that is held, and who wants to make a step with it. */
record TaskDraft(RoomDraft room, TaskRow row, Task task, Standing who) {

  TaskState state() {
    return task.getState();
  }

  /** Refuses a step that cannot be made, or not by whoever asks, or not now. */
  void require(TaskStep step) {
    if (!step.allowedFrom(state())) {
      throw refused(step);
    }
    switch (step.who()) {
      case WORKER -> who.requireInside(room.view());
      case ASSIGNEE -> {
        if (!who.is(task.getAssignee())) {
          throw notYours(step, "whoever has it", task.getAssignee());
        }
      }
      case RULER -> {
        if (!who.rules() && !who.is(task.getCreator())) {
          throw notYours(step, "a host or whoever wrote it", task.getCreator());
        }
        requireNotOwn(step);
      }
      case HOST -> {
        // The rule of the call itself lets nobody else come here.
      }
    }
    if (step.isWork()) {
      Standing.requireActive(room.view());
      if (step != TaskStep.ASSIGN) {
        Standing.requireNotSteered(room.view(), who.party());
      }
    }
  }

  private void requireNotOwn(TaskStep step) {
    if (step == TaskStep.MERGE && Parties.isAgent(who.party()) && who.is(task.getAssignee())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TASK_NOT_YOURS,
          "Task %,d is the work of '%s' itself; a person or another host merges it."
              .formatted(task.getTaskId(), who.party().getHandle()),
          "task_id",
          Long.toString(task.getTaskId()),
          "for",
          "a person or another host");
    }
  }

  private Refusal notYours(TaskStep step, String whose, Party named) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_TASK_NOT_YOURS,
        "To %s task %,d is for %s: '%s'."
            .formatted(step.word().replace('_', ' '), task.getTaskId(), whose, named.getHandle()),
        "task_id",
        Long.toString(task.getTaskId()),
        "for",
        whose,
        "handle",
        named.getHandle());
  }

  /** The answer to a step that its state does not allow. */
  Refusal refused(TaskStep step) {
    String allowed =
        TaskStep.allowed(state()).stream().map(TaskStep::word).collect(Collectors.joining(", "));
    return Refusal.of(
        ErrorReason.ERROR_REASON_TASK_TRANSITION_REFUSED,
        "Task %,d is %s: '%s' is no step from there; %s."
            .formatted(
                task.getTaskId(),
                TaskStep.word(state()).replace('_', ' '),
                step.word(),
                allowed.isEmpty() ? "it stays so" : "these are: " + allowed),
        "task_id",
        Long.toString(task.getTaskId()),
        "state",
        TaskStep.word(state()),
        "asked",
        step.word(),
        "allowed",
        allowed);
  }

  /** Whether the last thing that happened to the task is this step by the same caller. */
  boolean isRepeated(TaskStep step) {
    boolean own = row.changedBy() != null && who.party().getId().equals(row.changedBy().toString());
    return own && row.changed() == step.kind().getNumber()
        || step == TaskStep.START
            && state() == TaskState.TASK_STATE_IN_PROGRESS
            && who.is(task.getAssignee());
  }

  /** Makes a step as whoever asks: the task is told as the builder has it, in the step's state. */
  Task make(TaskStep step, Task.Builder changed, String reason, Instant now) {
    return room.tell(told(step, state(), changed, reason, now)).getTask().getTask();
  }

  static Event.Builder told(
      TaskStep step, TaskState state, Task.Builder changed, String reason, Instant now) {
    return Event.newBuilder()
        .setTask(
            TaskChange.newBuilder()
                .setChange(step.kind())
                .setReason(reason)
                .setTask(
                    changed.setState(step.from(state)).setUpdatedAt(Timestamps.of(now)).build()));
  }
}
