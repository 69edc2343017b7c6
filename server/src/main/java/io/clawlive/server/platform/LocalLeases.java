package io.clawlive.server.platform;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Leases in this server's memory, for a server that is alone. */
@Singleton
@Requires(missingProperty = "clawlive.redis.url")
final class LocalLeases implements Leases {
  private record Seat(String holder, String device) {}

  private record Lease(String value, long ends) {}

  /** By group. The inner maps are touched only while the outer one holds their entry. */
  private final ConcurrentHashMap<String, Map<Seat, Lease>> groups = new ConcurrentHashMap<>();

  private final Clock clock;
  private final Broom broom;
  private final long settled;

  LocalLeases(Clock clock, @Value("${clawlive.leases.settling:30s}") Duration settling) {
    this.clock = clock;
    this.broom = new Broom(clock);
    this.settled = clock.millis() + settling.toMillis();
  }

  @Override
  public void hold(String group, String holder, String device, String value, Duration lease) {
    if (broom.isDue()) {
      groups.keySet().forEach(this::sweep);
    }
    var held = new Lease(value, clock.millis() + lease.toMillis());
    groups.compute(
        group,
        (name, known) -> {
          Map<Seat, Lease> seats = known == null ? new HashMap<>() : known;
          seats.put(new Seat(holder, device), held);
          return seats;
        });
  }

  @Override
  public void release(String group, String holder, String device) {
    groups.computeIfPresent(
        group,
        (name, seats) -> {
          seats.remove(new Seat(holder, device));
          return seats.isEmpty() ? null : seats;
        });
  }

  @Override
  public Optional<Map<String, Map<String, Map<String, String>>>> held(Collection<String> asked) {
    if (clock.millis() < settled) {
      return Optional.empty();
    }
    var held = new HashMap<String, Map<String, Map<String, String>>>();
    for (String group : asked) {
      sweep(group);
      groups.computeIfPresent(
          group,
          (name, seats) -> {
            var holders = held.computeIfAbsent(group, g -> new HashMap<>());
            seats.forEach((seat, lease) ->
                holders
                    .computeIfAbsent(seat.holder(), h -> new HashMap<>())
                    .put(seat.device(), lease.value()));
            return seats;
          });
    }
    return Optional.of(held);
  }

  private void sweep(String group) {
    long now = clock.millis();
    groups.computeIfPresent(
        group,
        (name, seats) -> {
          seats.values().removeIf(lease -> lease.ends() <= now);
          return seats.isEmpty() ? null : seats;
        });
  }
}
