package io.clawlive.server.platform;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Says now and then, and to one caller only, that what remembers nothing can be thrown away. */
public final class Broom {
  private static final long EVERY_MILLIS = 10_000;

  private final Clock clock;
  private final AtomicLong next;

  /** It is due for the first time ten seconds from now, and then every ten seconds. */
  public Broom(Clock clock) {
    this.clock = clock;
    this.next = new AtomicLong(clock.millis() + EVERY_MILLIS);
  }

  /** True for one caller each time it is due. */
  public boolean isDue() {
    long now = clock.millis();
    long due = next.get();
    return now >= due && next.compareAndSet(due, now + EVERY_MILLIS);
  }
}
