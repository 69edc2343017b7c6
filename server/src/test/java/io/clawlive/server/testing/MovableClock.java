package io.clawlive.server.testing;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until a test moves it. It replaces the server's own where {@link
 * #PROPERTY} is set.
 */
@Singleton
@Replaces(Clock.class)
@Requires(property = MovableClock.NAME)
public final class MovableClock extends Clock {
  static final String NAME = "clawlive.test.clock";

  /** Give this to {@link TestServer#start} to stop the time. */
  public static final String PROPERTY = NAME + "=stopped";

  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Lets time pass. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }
}
