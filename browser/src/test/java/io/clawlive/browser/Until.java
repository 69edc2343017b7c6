package io.clawlive.browser;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that comes about by itself. */
final class Until {
  private static final Duration STEP = Duration.ofMillis(25);

  private Until() {}

  /** Fails with what the last look showed when it does not come about in time. */
  static void holds(Duration limit, Supplier<String> look, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + look.get());
      }
      pause(STEP);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
