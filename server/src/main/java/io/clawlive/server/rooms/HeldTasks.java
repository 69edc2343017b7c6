package io.clawlive.server.rooms;

import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/** Tasks that somebody has: what becomes of them when whoever it is goes. */
@Singleton
final class HeldTasks {
  private final TaskRepository tasks;
  private final Clock clock;

  HeldTasks(TaskRepository tasks, Clock clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Opens the tasks again that somebody has and has not handed in.
   *
   * @return how many there were
   */
  int reopen(RoomDraft draft, Party party, String reason) {
    var held = tasks.heldBy(draft.id(), UUID.fromString(party.getId()));
    for (TaskRow row : held) {
      Task open =
          Stored.read(Task.parser(), row.content()).toBuilder()
              .setState(TaskState.TASK_STATE_OPEN)
              .clearAssignee()
              .setUpdatedAt(Timestamps.of(clock.instant()))
              .build();
      draft.tellByServer(
          Event.newBuilder()
              .setTask(
                  TaskChange.newBuilder()
                      .setChange(TaskChangeKind.TASK_CHANGE_KIND_REOPENED)
                      .setTask(open)
                      .setReason(reason)));
    }
    return held.size();
  }
}
