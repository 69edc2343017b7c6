package io.clawlive.server.rooms;

import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.server.rooms.TaskRepository.CountRow;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChangeKind;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives open tasks to agents, where that is the room's strategy. Whose turn it is follows from the
 * tables alone, so every server comes to the same. What finds nobody stays open until an agent is
 * there, which a sweep notices.
 */
@Singleton
final class Assignment {
  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

  /** An agent that has so many tasks is given no more. */
  private static final int MOST_HELD = 3;

  /** The most urgent first, and among equals the oldest. */
  private static final Comparator<TaskRow> URGENCY =
      Comparator.<TaskRow, Integer>comparing(row -> task(row).getPriorityValue())
          .reversed()
          .thenComparing(TaskRow::taskId);

  private final RoomChanges changes;
  private final RoomViews views;
  private final TaskRepository tasks;
  private final Clock clock;

  Assignment(RoomChanges changes, RoomViews views, TaskRepository tasks, Clock clock) {
    this.changes = changes;
    this.views = views;
    this.tasks = tasks;
    this.clock = clock;
  }

  private static Task task(TaskRow row) {
    return Stored.read(Task.parser(), row.content());
  }

  private record Gift(Task task, Party to) {}

  /** Gives away what there is to give in a room that is held. */
  void give(RoomDraft draft) {
    for (Gift gift : plan(draft.view())) {
      draft.tellByServer(
          TaskDraft.told(
              TaskStep.ASSIGN,
              gift.task().getState(),
              gift.task().toBuilder().setAssignee(gift.to()),
              "",
              clock.instant()));
    }
  }

  private List<Gift> plan(RoomView room) {
    AssignmentStrategy strategy = room.facts().getSettings().getAssignment();
    if (!room.active() || !byItself(strategy)) {
      return List.of();
    }
    List<Member> there = room.insiders().stream().filter(Assignment::mayWork).toList();
    List<TaskRow> open = there.isEmpty() ? List.of() : tasks.open(room.id());
    if (open.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> held = counts(tasks.held(room.id()));
    Turn turn = turn(room, strategy, there);
    var gifts = new ArrayList<Gift>();
    for (TaskRow row : open.stream().sorted(URGENCY).toList()) {
      Task task = task(row);
      turn.order().stream()
          .filter(party -> held.getOrDefault(party.getId(), 0) < MOST_HELD)
          .filter(party -> isFor(task, row, party))
          .findFirst()
          .ifPresent(party -> {
            held.merge(party.getId(), 1, Integer::sum);
            turn.had(party);
            gifts.add(new Gift(task, party));
          });
    }
    return gifts;
  }

  private static boolean byItself(AssignmentStrategy strategy) {
    return switch (strategy) {
      case ASSIGNMENT_STRATEGY_REPUTATION, ASSIGNMENT_STRATEGY_ROUND_ROBIN -> true;
      case ASSIGNMENT_STRATEGY_UNSPECIFIED,
          ASSIGNMENT_STRATEGY_FIRST_CLAIM,
          ASSIGNMENT_STRATEGY_HOST,
          UNRECOGNIZED ->
          false;
    };
  }

  private static boolean mayWork(Member member) {
    return Parties.isAgent(member.getParty())
        && member.getPresence() != Presence.PRESENCE_OFFLINE
        && !Standing.steered(member);
  }

  /** A task is not given to whoever just gave it back, or the two would go on for ever. */
  private static boolean isFor(Task task, TaskRow row, Party party) {
    boolean gaveBack =
        row.changed() == TaskChangeKind.TASK_CHANGE_KIND_RELEASED_VALUE
            && row.changedBy() != null
            && row.changedBy().toString().equals(party.getId());
    return !gaveBack
        && (!task.hasReservedFor() || task.getReservedFor().getId().equals(party.getId()));
  }

  /** Who comes first. */
  private record Turn(List<Party> order, boolean round) {
    /** Whoever had a turn comes last the next time, and with it everybody who stood before. */
    void had(Party party) {
      if (round) {
        int at = order.indexOf(party);
        List<Party> passed = List.copyOf(order.subList(0, at + 1));
        order.subList(0, at + 1).clear();
        order.addAll(passed);
      }
    }
  }

  private Turn turn(RoomView room, AssignmentStrategy strategy, List<Member> there) {
    if (strategy == AssignmentStrategy.ASSIGNMENT_STRATEGY_REPUTATION) {
      Map<String, Integer> merged =
          counts(
              tasks.merged(
                  there.stream()
                      .map(member -> UUID.fromString(member.getParty().getId()))
                      .toArray(UUID[]::new)));
      List<Party> best =
          there.stream()
              .map(Member::getParty)
              .sorted(
                  Comparator.<Party, Integer>comparing(
                          party -> merged.getOrDefault(party.getId(), 0))
                      .reversed())
              .toList();
      return new Turn(best, false);
    }
    // Everybody in the order they joined, from the one after whoever was given something last.
    Optional<UUID> last = tasks.lastGivenTo(room.id());
    List<Party> joined =
        room.members().values().stream().map(Insider::member).map(Member::getParty).toList();
    int after =
        last.map(id -> joined.stream().map(Party::getId).toList().indexOf(id.toString()))
            .orElse(-1);
    var order = new ArrayList<Party>(joined.subList(after + 1, joined.size()));
    order.addAll(joined.subList(0, after + 1));
    order.retainAll(there.stream().map(Member::getParty).toList());
    return new Turn(order, true);
  }

  private static Map<String, Integer> counts(List<CountRow> rows) {
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.actorId().toString(), CountRow::tasks, Integer::sum, HashMap::new));
  }

  /** Gives away what waits in rooms where somebody is there by now. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.sweep-interval:2s}",
      initialDelay = "${clawlive.rooms.sweep-interval:2s}")
  void sweep() {
    try {
      for (UUID room : tasks.roomsWaiting()) {
        // Only looked at, most rooms have nothing to give; whoever holds it decides again.
        if (views.find(room).filter(view -> !plan(view).isEmpty()).isPresent()) {
          changes.sweep(room, this::give);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("open tasks could not be given to agents: {}", e.getMessage());
    }
  }
}
