package io.clawlive.cli.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Waits between events as long as lay between them, divided by a factor, at most by a limit. */
final class Pace {
  private final double factor;
  private final double limitSeconds;
  private @Nullable Instant last;

  Pace(double factor, double limitSeconds) {
    this.factor = factor;
    this.limitSeconds = limitSeconds;
  }

  /** Waits until it is the event's turn; runs the action first when there is anything to wait. */
  void await(Instant occurredAt, Runnable beforeWait) {
    Duration wait = next(occurredAt);
    if (wait.isPositive()) {
      beforeWait.run();
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Interrupted while waiting for the next event.");
      }
    }
  }

  /**
   * How long to wait. Clocks of several producers may disagree; no event waits for one before it.
   */
  Duration next(Instant occurredAt) {
    Instant before = last == null ? occurredAt : last;
    last = occurredAt.isAfter(before) ? occurredAt : before;
    double seconds = Duration.between(before, last).toNanos() / 1e9 / factor;
    return Duration.ofNanos((long) (Math.min(seconds, limitSeconds) * 1e9));
  }
}
