package io.clawlive.server.rooms;

import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
    return reopen(draft, party, reason, task -> true);
  }

  /** As {@link #reopen(RoomDraft, Party, String)}, of those that are chosen. */
  int reopen(RoomDraft draft, Party party, String reason, Predicate<Task> chosen) {
    List<Task> held =
        Ids.parse(party.getId()).map(id -> tasks.heldBy(draft.id(), id)).orElse(List.of()).stream()
            .map(row -> Stored.read(Task.parser(), row.content()))
            .filter(chosen)
            .toList();
    for (Task task : held) {
      Task open =
          task.toBuilder()
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

  /** Opens the tasks again of somebody who is no longer in the room, or was stopped. */
  void reopenUnlessThere(RoomDraft draft, Party party) {
    Optional<Member> member =
        draft.view().insider(party.getId()).filter(Insider::takesPart).map(Insider::member);
    if (member.isEmpty()) {
      reopen(draft, party, "Whoever had it is no longer in the room.");
    } else if (member.get().getWork() == WorkState.WORK_STATE_STOPPED) {
      reopen(draft, party, "A host stopped whoever had it.");
    }
  }
}
