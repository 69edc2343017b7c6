package io.clawlive.bench.load;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What the watchers of one thread received. Everything comes on that thread, so they share a
 * recorder and need no atomic addition.
 */
final class Tally {
  private static final long MAX_MICROS = 120_000_000;

  private final SingleWriterRecorder latencies = new SingleWriterRecorder(MAX_MICROS, 3);
  private final AtomicLong delivered = new AtomicLong();
  private volatile String fault = "";
  private volatile boolean ending;

  /** What several threads received since the last question. */
  static Deliveries take(Iterable<Tally> tallies, double seconds) {
    var all = new Histogram(MAX_MICROS, 3);
    tallies.forEach(tally -> all.add(tally.latencies.getIntervalHistogram()));
    return new Deliveries(
        all.getTotalCount(),
        all.getTotalCount() / seconds,
        all.getValueAtPercentile(50) / 1e3,
        all.getValueAtPercentile(99) / 1e3,
        all.getMaxValue() / 1e3);
  }

  /** Fails when one of the watchers lost its call or saw a hole. */
  void requireWhole() {
    if (!fault.isEmpty()) {
      throw new IllegalStateException("a watcher failed: " + fault);
    }
  }

  long delivered() {
    return delivered.get();
  }

  /** From now on a lost call is no fault. */
  void expectEnd() {
    ending = true;
  }

  void lost(String how) {
    if (!ending) {
      fault = how;
    }
  }

  /** A watcher whose answers this thread receives. */
  Member member(CountDownLatch settled) {
    return new Member(settled);
  }

  /** One watcher. */
  final class Member implements WatchedEvents.Sink {
    private final CountDownLatch settled;
    private long last = -1;
    private long now;
    private long events;

    private Member(CountDownLatch settled) {
      this.settled = settled;
    }

    void answer(byte[] message, int length) {
      now = System.nanoTime();
      events = 0;
      try {
        WatchedEvents.read(message, length, this);
      } catch (IOException e) {
        fault = "an answer is not readable: " + e.getMessage();
      }
      delivered.lazySet(delivered.getPlain() + events);
    }

    @Override
    public void event(long sequence, long nanoTime) {
      if (last >= 0 && sequence != last + 1) {
        fault = "event " + sequence + " came after " + last;
      }
      last = sequence;
      events++;
      if (nanoTime != 0) {
        latencies.recordValue(Math.clamp((now - nanoTime) / 1_000, 0, MAX_MICROS));
      }
    }

    @Override
    public void caughtUp() {
      settled.countDown();
    }
  }
}
