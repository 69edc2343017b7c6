package io.clawlive.bench.load;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an audience received, on however many threads. */
final class Tallies {
  private static final long SETTLE_SECONDS = 60;

  private final List<Tally> tallies;
  private long takenAt = System.nanoTime();

  Tallies(List<Tally> tallies) {
    this.tallies = tallies;
  }

  /** When whoever joins now has waited long enough, in the time of {@link System#nanoTime}. */
  static long patience() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
  }

  /** Waits until each of so many watchers was told that it has everything. */
  void awaitSettled(CountDownLatch settled, int count) throws InterruptedException {
    boolean served = settled.await(SETTLE_SECONDS, TimeUnit.SECONDS);
    requireWhole();
    if (!served) {
      throw new IllegalStateException(
          settled.getCount() + " of " + count + " watchers were not served");
    }
  }

  long delivered() {
    return tallies.stream().mapToLong(Tally::delivered).sum();
  }

  /** What came since the last call of this method. */
  Deliveries take() {
    long now = System.nanoTime();
    Deliveries taken = Tally.take(tallies, (now - takenAt) / 1e9);
    takenAt = now;
    return taken;
  }

  /** Fails when a watcher lost its call or saw a hole. */
  void requireWhole() {
    tallies.forEach(Tally::requireWhole);
  }

  /** From now on a lost call is no fault. */
  void expectEnd() {
    tallies.forEach(Tally::expectEnd);
  }
}
