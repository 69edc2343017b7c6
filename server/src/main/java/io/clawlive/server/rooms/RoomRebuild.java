package io.clawlive.server.rooms;

import io.clawlive.server.rooms.RebuildRepository.AnyRow;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes the tables of rooms again from the log. One room at a time: it is held, emptied, and every
 * event is projected as it was when it happened.
 */
@Singleton
class RoomRebuild {
  private static final int ROWS = 1_000;

  private final RebuildRepository repository;
  private final RoomProjection projection;
  private final RoomViews views;
  private final EventLedger ledger;
  private final EventReader events;

  RoomRebuild(
      RebuildRepository repository,
      RoomProjection projection,
      RoomViews views,
      EventLedger ledger,
      EventReader events) {
    this.repository = repository;
    this.projection = projection;
    this.views = views;
    this.ledger = ledger;
    this.events = events;
  }

  /** Carries what was found out of a transaction that leaves everything as it was. */
  private static final class OnlyCompared extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> differences;

    OnlyCompared(List<String> differences) {
      super(null, null, false, false);
      this.differences = differences;
    }
  }

  /** Streams that these tables tell of. */
  List<UUID> streams() {
    return repository.streams();
  }

  /**
   * Makes the rows of a stream again, or only compares them.
   *
   * @return the rows that were not as the log has them, by table and key
   */
  List<String> rebuild(UUID stream, boolean compareOnly) {
    try {
      return replay(stream, compareOnly);
    } catch (OnlyCompared found) {
      return found.differences;
    } finally {
      views.forget(stream);
    }
  }

  @Transactional
  List<String> replay(UUID stream, boolean compareOnly) {
    if (ledger.hold(stream).isEmpty()) {
      return List.of();
    }
    Map<String, String> before = rows(stream);
    repository.clear(stream);
    long position = 0;
    while (true) {
      List<Event> page = events.after(stream, position, RoomProjection.KINDS, ROWS);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(event -> projection.apply(stream, event));
      position = page.getLast().getSequence();
    }
    List<String> differences = differences(before, rows(stream));
    if (compareOnly) {
      throw new OnlyCompared(differences);
    }
    return differences;
  }

  private Map<String, String> rows(UUID stream) {
    Map<String, String> rows = new TreeMap<>();
    for (AnyRow row : repository.rows(stream)) {
      rows.put(row.name(), row.hash());
    }
    return rows;
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> after) {
    List<String> differences = new ArrayList<>();
    before.forEach((row, hash) -> {
      if (!after.containsKey(row)) {
        differences.add(row + ": not in the log");
      } else if (!after.get(row).equals(hash)) {
        differences.add(row + ": different in the log");
      }
    });
    after.forEach((row, hash) -> {
      if (!before.containsKey(row)) {
        differences.add(row + ": only in the log");
      }
    });
    return differences;
  }
}
