package io.clawlive.server.rooms;

import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.server.rooms.TaskRepository.DroppedRow;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.Task;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the tasks again of agents that dropped and did not come back within the grace. An agent
 * that took a task while it was not there has the same time from then on.
 */
@Singleton
final class Drops {
  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

  private final RoomChanges changes;
  private final TaskRepository tasks;
  private final Presences presences;
  private final HeldTasks held;
  private final Assignment assignment;
  private final RoomsConfiguration configuration;
  private final Clock clock;

  Drops(
      RoomChanges changes,
      TaskRepository tasks,
      Presences presences,
      HeldTasks held,
      Assignment assignment,
      RoomsConfiguration configuration,
      Clock clock) {
    this.changes = changes;
    this.tasks = tasks;
    this.presences = presences;
    this.held = held;
    this.assignment = assignment;
    this.configuration = configuration;
    this.clock = clock;
  }

  private record Dropped(UUID room, UUID agent) {}

  /** Looks for agents that are gone for too long. Every server does; the room is opened once. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.sweep-interval:2s}",
      initialDelay = "${clawlive.rooms.sweep-interval:2s}")
  void sweep() {
    try {
      Instant before = clock.instant().minus(configuration.grace());
      tasks.dropped(before).stream()
          .filter(row -> untouched(Stored.read(Task.parser(), row.content()), before))
          .map(Drops::who)
          .distinct()
          .filter(who -> presences.isGone(who.room(), who.agent()))
          .forEach(who -> reopen(who, before));
    } catch (RuntimeException e) {
      LOG.warn("tasks of agents that dropped could not be opened: {}", e.getMessage());
    }
  }

  private static Dropped who(DroppedRow row) {
    return new Dropped(row.roomId(), row.actorId());
  }

  private static boolean untouched(Task task, Instant before) {
    return !Timestamps.instant(task.getUpdatedAt()).isAfter(before);
  }

  private void reopen(Dropped who, Instant before) {
    changes.sweep(
        who.room(),
        draft -> {
          Optional<Member> gone =
              draft
                  .view()
                  .insider(who.agent().toString())
                  .map(Insider::member)
                  .filter(member -> member.getPresence() == Presence.PRESENCE_OFFLINE)
                  .filter(member -> !Timestamps.instant(member.getPresenceSince()).isAfter(before));
          if (gone.isPresent() && !draft.view().completed()) {
            int opened =
                held.reopen(
                    draft,
                    gone.get().getParty(),
                    "Whoever had it is gone for %,d seconds."
                        .formatted(configuration.grace().toSeconds()),
                    task -> untouched(task, before));
            if (opened > 0) {
              assignment.give(draft);
            }
          }
        });
  }
}
