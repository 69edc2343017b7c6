package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Audience;
import io.clawlive.bench.load.Deliveries;
import io.clawlive.bench.load.Pace;
import java.util.concurrent.locks.LockSupport;

/**
 * One measurement on a stage.
 *
 * @param cpuMicros processor time of the server's process for one delivery
 */
record Measured(Deliveries deliveries, double cpuMicros) {
  private static final double WARM_UP_SECONDS = 1;
  private static final long CATCH_UP_NANOS = 10_000_000_000L;
  private static final int IN_FLIGHT_DELIVERIES = 40_000;

  /** Events at an even rate, whatever becomes of them; waits at the end for those on the way. */
  static Measured paced(Stage stage, int watchers, double perSecond, double seconds)
      throws InterruptedException {
    try (Audience crowd = stage.crowd(watchers)) {
      pace(stage, crowd, perSecond, WARM_UP_SECONDS);
      return of(stage, crowd, () -> pace(stage, crowd, perSecond, seconds));
    }
  }

  private static void pace(Stage stage, Audience crowd, double perSecond, double seconds) {
    long expected = crowd.delivered() + Math.round(perSecond * seconds) * crowd.size();
    Pace.run(perSecond, seconds, stage::publish);
    awaitDelivered(crowd, expected);
  }

  /** Waits for what is on the way, which also leaves nothing behind for the next crowd. */
  private static void awaitDelivered(Audience crowd, long expected) {
    long patience = System.nanoTime() + CATCH_UP_NANOS;
    while (crowd.delivered() < expected && System.nanoTime() < patience) {
      LockSupport.parkNanos(1_000_000);
    }
    if (crowd.delivered() < expected) {
      throw new IllegalStateException(
          (expected - crowd.delivered()) + " deliveries did not come within 10 s");
    }
  }

  /** As many events as the watchers take: a next one when enough of the last have arrived. */
  static Measured saturated(Stage stage, int watchers, double seconds) throws InterruptedException {
    try (Audience crowd = stage.crowd(watchers)) {
      saturate(stage, crowd, WARM_UP_SECONDS);
      return of(stage, crowd, () -> saturate(stage, crowd, seconds));
    }
  }

  private static void saturate(Stage stage, Audience crowd, double seconds) {
    long window = (long) crowd.size() * Math.clamp(IN_FLIGHT_DELIVERIES / crowd.size(), 16, 2_000);
    long published = 0;
    long before = crowd.delivered();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      long due = published * crowd.size() - (crowd.delivered() - before);
      if (due < window) {
        stage.publish(System.nanoTime());
        published++;
      } else {
        LockSupport.parkNanos(200_000);
      }
    }
    awaitDelivered(crowd, before + published * crowd.size());
  }

  private static Measured of(Stage stage, Audience crowd, Runnable load) {
    long cpu = stage.jvm().cpuNanos();
    crowd.take();
    load.run();
    Deliveries deliveries = crowd.take();
    long used = stage.jvm().cpuNanos() - cpu;
    crowd.requireWhole();
    return new Measured(deliveries, used / 1e3 / deliveries.count());
  }
}
