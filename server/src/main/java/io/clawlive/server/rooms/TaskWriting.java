package io.clawlive.server.rooms;

import com.google.protobuf.Timestamp;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes new tasks, whether they come by a call or by chat. */
@Singleton
final class TaskWriting {
  private static final int MOST_UNFINISHED = 1_000;

  /** What a protobuf Timestamp holds: the years 1 to 9999. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  private final TaskRepository repository;
  private final EventReader events;
  private final Assignment assignment;
  private final Clock clock;

  TaskWriting(TaskRepository repository, EventReader events, Assignment assignment, Clock clock) {
    this.repository = repository;
    this.events = events;
    this.assignment = assignment;
    this.clock = clock;
  }

  /** The name under which a caller's request makes a task, once. */
  static String producer(Caller caller, String requestId) {
    return Producers.of("task", caller, Producers.request(requestId));
  }

  /** The task that was made under this name. */
  Optional<Task> earlier(UUID room, String producer) {
    return repository.made(room, producer).map(row -> Stored.read(Task.parser(), row.content()));
  }

  /**
   * Writes a task; the builder says what it is about and for whom.
   *
   * @param worker who has it from the beginning; null leaves that to the room's strategy
   */
  Task write(
      RoomDraft draft,
      String producer,
      Task.Builder task,
      @Nullable Party worker,
      Standing writer) {
    draft.requireOpen();
    if (!writer.rules()) {
      writer.requireInside(draft.view());
    }
    if (repository.unfinished(draft.id()) >= MOST_UNFINISHED) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_TASKS,
          "The room has %,d unfinished tasks; more are not taken.".formatted(MOST_UNFINISHED),
          "limit",
          Integer.toString(MOST_UNFINISHED));
    }
    Timestamp now = Timestamps.of(clock.instant());
    task.setTaskId(repository.next(draft.id()))
        .setState(TaskState.TASK_STATE_OPEN)
        .setCreator(writer.party())
        .setCreatedAt(now)
        .setUpdatedAt(now);
    Task made =
        draft
            .tell(
                producer,
                Event.newBuilder()
                    .setTask(
                        TaskChange.newBuilder()
                            .setChange(TaskChangeKind.TASK_CHANGE_KIND_CREATED)
                            .setTask(task)))
            .getTask()
            .getTask();
    if (worker != null) {
      draft.tell(
          TaskDraft.told(
              TaskStep.ASSIGN,
              made.getState(),
              made.toBuilder().setAssignee(worker),
              "",
              clock.instant()));
    }
    assignment.give(draft);
    return earlier(draft.id(), producer).orElseThrow();
  }

  static String title(String text) {
    String title = text.strip();
    if (title.isEmpty()) {
      throw Refusal.invalidField(
          "title: it has no visible character; 1 to 200 are taken.", "title");
    }
    return title;
  }

  /** Refuses a deadline that is over. */
  void requireToCome(boolean set, Timestamp deadline) {
    if (set) {
      boolean valid =
          deadline.getSeconds() >= 0
              && deadline.getSeconds() <= LATEST_SECOND
              && deadline.getNanos() >= 0
              && deadline.getNanos() < 1_000_000_000;
      Instant now = clock.instant();
      if (!valid || !Timestamps.instant(deadline).isAfter(now)) {
        throw Refusal.invalidField(
            "deadline: it is over or no time at all; only times after %s are taken.".formatted(now),
            "deadline");
      }
    }
  }

  /** Refuses sequences at which the caller reads no message. */
  void requireMessages(RoomView room, List<Long> sequences, Caller caller) {
    if (sequences.isEmpty()) {
      return;
    }
    var missing = new HashSet<>(sequences);
    missing.removeAll(
        events.at(room.id(), sequences, RoomAudience.eyes(room, caller)).stream()
            .filter(Event::hasChat)
            .map(Event::getSequence)
            .collect(Collectors.toSet()));
    if (!missing.isEmpty()) {
      throw Refusal.invalidField(
          "context: there is no message at sequence %,d."
              .formatted(missing.stream().min(Long::compare).orElseThrow()),
          "context");
    }
  }
}
