package io.clawlive.server.rooms;

import io.clawlive.server.platform.Leases;
import io.clawlive.server.streams.Audiences;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many look on without being in. Each server tells the others how many look on at it, by a
 * lease with a number.
 */
@Singleton
final class Spectators {
  private static final Logger LOG = LoggerFactory.getLogger(Spectators.class);
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Audiences audiences;
  private final Leases leases;
  private final RoomRepository rooms;
  private final String server = UUID.randomUUID().toString();
  private Set<UUID> told = Set.of();

  Spectators(Audiences audiences, Leases leases, RoomRepository rooms) {
    this.audiences = audiences;
    this.leases = leases;
    this.rooms = rooms;
  }

  /** How many look on now, by room; rooms that nobody looks on are left out. */
  Map<UUID, Integer> count(Collection<UUID> asked) {
    Map<UUID, Integer> here = audiences.spectating();
    Optional<Map<String, Map<String, Map<String, String>>>> held =
        asked.isEmpty()
            ? Optional.empty()
            : leases.held(asked.stream().map(Spectators::group).toList());
    Map<UUID, Integer> counted = new HashMap<>();
    for (UUID room : asked) {
      int elsewhere =
          held
              .map(groups -> groups.getOrDefault(group(room), Map.of()))
              .orElse(Map.of())
              .entrySet()
              .stream()
              .filter(holder -> !holder.getKey().equals(server))
              .flatMap(holder -> holder.getValue().values().stream())
              .mapToInt(Integer::parseInt)
              .sum();
      int all = here.getOrDefault(room, 0) + elsewhere;
      if (all > 0) {
        counted.put(room, all);
      }
    }
    return counted;
  }

  private static String group(UUID room) {
    return "spectators " + room;
  }

  /** Tells the other servers, and notes the highest number. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.sweep-interval:2s}",
      initialDelay = "${clawlive.rooms.sweep-interval:2s}")
  void tell() {
    try {
      Map<UUID, Integer> here = audiences.spectating();
      here.forEach((room, n) -> leases.hold(group(room), server, "n", n.toString(), LEASE));
      Set<UUID> gone = new HashSet<>(told);
      gone.removeAll(here.keySet());
      gone.forEach(room -> leases.release(group(room), server, "n"));
      told = Set.copyOf(here.keySet());
      if (!here.isEmpty()) {
        Map<UUID, Integer> all = count(here.keySet());
        rooms.notePeaks(all.keySet().toArray(UUID[]::new), all.values().toArray(Integer[]::new));
      }
    } catch (RuntimeException e) {
      LOG.warn("spectators could not be counted: {}", e.getMessage());
    }
  }
}
