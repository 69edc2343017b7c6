package io.clawlive.server.platform.grpc;

import io.clawlive.server.platform.Broom;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Attempts in this server's memory, for a server that counts alone. */
@Singleton
@Requires(missingProperty = "clawlive.redis.url")
final class LocalAttempts implements Attempts {
  /** What is known of one key; touched only while the map holds its entry. Times are millis. */
  private static final class Past {
    private final long window;
    private final Map<String, Long> underWay = new HashMap<>();
    private final Map<String, Long> failed = new HashMap<>();
    private long lockedUntil;

    Past(Rule rule) {
      this.window = rule.window().toMillis();
    }

    void forget(long now) {
      underWay.values().removeIf(began -> began <= now - window);
      failed.values().removeIf(ended -> ended <= now - window);
    }

    boolean isEmpty(long now) {
      forget(now);
      return underWay.isEmpty() && failed.isEmpty() && lockedUntil <= now;
    }

    Admission begin(Rule rule, String attempt, long now) {
      if (lockedUntil > now) {
        return new Admission.Locked(Duration.ofMillis(lockedUntil - now));
      }
      forget(now);
      if (underWay.size() + failed.size() >= rule.failures()) {
        return new Admission.Crowded();
      }
      underWay.put(attempt, now);
      return new Admission.Admitted();
    }

    void end(Rule rule, String attempt, boolean wrong, long now) {
      forget(now);
      underWay.remove(attempt);
      if (wrong) {
        failed.put(attempt, now);
      }
      if (failed.size() >= rule.failures()) {
        failed.clear();
        lockedUntil = now + rule.duration().toMillis();
      }
    }
  }

  private final ConcurrentHashMap<String, Past> pasts = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Broom broom;

  LocalAttempts(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.broom = new Broom(clock);
    meters.gaugeMapSize("clawlive.attempts.keys", Tags.empty(), pasts);
  }

  @Override
  public Admission begin(Rule rule, String key, String attempt) {
    if (broom.isDue()) {
      sweep();
    }
    var admission = new AtomicReference<Admission>(new Admission.Crowded());
    pasts.compute(
        key,
        (k, known) -> {
          Past past = known == null ? new Past(rule) : known;
          admission.set(past.begin(rule, attempt, clock.millis()));
          return past;
        });
    return admission.get();
  }

  @Override
  public void end(Rule rule, String key, String attempt, boolean failed) {
    pasts.computeIfPresent(
        key,
        (k, past) -> {
          past.end(rule, attempt, failed, clock.millis());
          return past;
        });
  }

  private void sweep() {
    for (String key : pasts.keySet()) {
      pasts.computeIfPresent(key, (k, past) -> past.isEmpty(clock.millis()) ? null : past);
    }
  }
}
