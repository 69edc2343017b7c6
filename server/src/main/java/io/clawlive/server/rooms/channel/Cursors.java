package io.clawlive.server.rooms.channel;

import static java.util.stream.Collectors.toMap;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.channel.CursorRepository.CursorRow;
import io.clawlive.server.streams.EventLog;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far agents have acknowledged their rooms. Acknowledgements gather for half a second and are
 * written by one statement for all channels; one that is lost with the server is only an event that
 * comes once more.
 */
@Singleton
final class Cursors {
  private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);

  private record Key(UUID room, UUID agent) {}

  private final CursorRepository repository;
  private final EventLog log;
  private final Map<Key, Long> waiting = new ConcurrentHashMap<>();

  Cursors(CursorRepository repository, EventLog log) {
    this.repository = repository;
    this.log = log;
  }

  /** Refuses a position that a room has not reached. */
  void requireReached(UUID room, long sequence) {
    long last = log.state(room).lastSequence();
    if (sequence > last) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SEQUENCE_IN_FUTURE,
          "The room %s reaches sequence %,d; %,d cannot be handled yet."
              .formatted(room, last, sequence),
          "room_id",
          room.toString(),
          "last_sequence",
          Long.toString(last));
    }
  }

  /** Everything up to here is handled; what is lower than known before changes nothing. */
  void acknowledge(UUID room, UUID agent, long sequence) {
    waiting.merge(new Key(room, agent), sequence, Math::max);
  }

  /** An agent's cursors by room. */
  Map<UUID, Long> of(UUID agent) {
    write();
    return repository.of(agent).stream().collect(toMap(CursorRow::roomId, CursorRow::sequence));
  }

  /** The agent is no longer in the room; if it comes again it begins again. */
  synchronized void forget(UUID room, UUID agent) {
    waiting.remove(new Key(room, agent));
    repository.delete(room, agent);
  }

  /** Writes what has gathered. */
  @Scheduled(fixedDelay = "500ms", initialDelay = "500ms")
  void flush() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.warn("acknowledgements could not be written and wait: {}", e.getMessage());
    }
  }

  private synchronized void write() {
    List<Map.Entry<Key, Long>> taken = new ArrayList<>();
    for (Key key : waiting.keySet()) {
      Long sequence = waiting.remove(key);
      if (sequence != null) {
        taken.add(Map.entry(key, sequence));
      }
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      repository.put(
          taken.stream().map(entry -> entry.getKey().room()).toArray(UUID[]::new),
          taken.stream().map(entry -> entry.getKey().agent()).toArray(UUID[]::new),
          taken.stream().map(Map.Entry::getValue).toArray(Long[]::new));
    } catch (RuntimeException e) {
      taken.forEach(entry -> waiting.merge(entry.getKey(), entry.getValue(), Math::max));
      throw e;
    }
  }
}
