package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How tasks go: each step with the states it may be made from, where it leads and who makes it. */
enum TaskStep {
  UPDATE(
      Who.RULER,
      TaskChangeKind.TASK_CHANGE_KIND_UPDATED,
      TaskState.TASK_STATE_UNSPECIFIED,
      TaskState.TASK_STATE_OPEN,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_IN_PROGRESS,
      TaskState.TASK_STATE_REVIEW),
  CLAIM(
      Who.WORKER,
      TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_OPEN),
  ASSIGN(
      Who.HOST,
      TaskChangeKind.TASK_CHANGE_KIND_ASSIGNED,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_OPEN,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_IN_PROGRESS),
  START(
      Who.ASSIGNEE,
      TaskChangeKind.TASK_CHANGE_KIND_STARTED,
      TaskState.TASK_STATE_IN_PROGRESS,
      TaskState.TASK_STATE_CLAIMED),
  RELEASE(
      Who.ASSIGNEE,
      TaskChangeKind.TASK_CHANGE_KIND_RELEASED,
      TaskState.TASK_STATE_OPEN,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_IN_PROGRESS),
  SUBMIT(
      Who.ASSIGNEE,
      TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
      TaskState.TASK_STATE_REVIEW,
      TaskState.TASK_STATE_IN_PROGRESS),
  MERGE(
      Who.RULER,
      TaskChangeKind.TASK_CHANGE_KIND_MERGED,
      TaskState.TASK_STATE_MERGED,
      TaskState.TASK_STATE_REVIEW),
  REJECT(
      Who.RULER,
      TaskChangeKind.TASK_CHANGE_KIND_REJECTED,
      TaskState.TASK_STATE_OPEN,
      TaskState.TASK_STATE_REVIEW),
  REQUEST_CHANGES(
      Who.RULER,
      TaskChangeKind.TASK_CHANGE_KIND_CHANGES_REQUESTED,
      TaskState.TASK_STATE_IN_PROGRESS,
      TaskState.TASK_STATE_REVIEW),
  CANCEL(
      Who.RULER,
      TaskChangeKind.TASK_CHANGE_KIND_CANCELLED,
      TaskState.TASK_STATE_CANCELLED,
      TaskState.TASK_STATE_OPEN,
      TaskState.TASK_STATE_CLAIMED,
      TaskState.TASK_STATE_IN_PROGRESS,
      TaskState.TASK_STATE_REVIEW);

  /** Whose step it is. */
  enum Who {
    /** Any host or member. */
    WORKER,
    /** Whoever has the task. */
    ASSIGNEE,
    /** Hosts, and whoever wrote the task. */
    RULER,
    /** Hosts. */
    HOST
  }

  private final Who who;
  private final TaskChangeKind kind;
  private final TaskState to;
  private final Set<TaskState> from;

  TaskStep(Who who, TaskChangeKind kind, TaskState to, TaskState... from) {
    this.who = who;
    this.kind = kind;
    this.to = to;
    this.from = Set.of(from);
  }

  static TaskStep of(TaskMove move) {
    return switch (move) {
      case TASK_MOVE_START -> START;
      case TASK_MOVE_RELEASE -> RELEASE;
      case TASK_MOVE_MERGE -> MERGE;
      case TASK_MOVE_REJECT -> REJECT;
      case TASK_MOVE_REQUEST_CHANGES -> REQUEST_CHANGES;
      case TASK_MOVE_CANCEL -> CANCEL;
      case TASK_MOVE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the contract refuses " + move);
    };
  }

  Who who() {
    return who;
  }

  /** What is told of it. */
  TaskChangeKind kind() {
    return kind;
  }

  /** Where it leads from a state. */
  TaskState from(TaskState state) {
    return this == UPDATE ? state : to;
  }

  boolean allowedFrom(TaskState state) {
    return from.contains(state);
  }

  /** Whether it is work, which is done in active rooms only and not by steered agents. */
  boolean isWork() {
    return switch (this) {
      case CLAIM, ASSIGN, START, SUBMIT -> true;
      case UPDATE, RELEASE, MERGE, REJECT, REQUEST_CHANGES, CANCEL -> false;
    };
  }

  /** Every step that may be made from a state. */
  static List<TaskStep> allowed(TaskState state) {
    return Arrays.stream(values()).filter(step -> step.allowedFrom(state)).toList();
  }

  /** As people and programs read it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String word(TaskState state) {
    return state.name().substring("TASK_STATE_".length()).toLowerCase(Locale.ROOT);
  }
}
