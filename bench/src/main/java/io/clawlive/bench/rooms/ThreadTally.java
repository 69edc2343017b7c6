package io.clawlive.bench.rooms;

import io.clawlive.bench.load.Deliveries;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What the agents of one thread heard, and the thread's buffer. Everything comes on that thread, so
 * they share recorders and need no atomic addition.
 */
final class ThreadTally {
  private static final long MAX_MICROS = 120_000_000;

  private final SingleWriterRecorder deliveries = new SingleWriterRecorder(MAX_MICROS, 3);
  private final SingleWriterRecorder acknowledgements = new SingleWriterRecorder(MAX_MICROS, 3);
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private byte[] buffer = new byte[64 << 10];

  /** A buffer for an answer of this many bytes, the same for all. */
  byte[] buffer(int length) {
    if (length > buffer.length) {
      buffer = new byte[length];
    }
    return buffer;
  }

  /** A message arrived that was due to be said at a moment. */
  void delivered(long now, long due) {
    deliveries.recordValue(micros(now - due));
    delivered.lazySet(delivered.getPlain() + 1);
  }

  /** It was said that a message is stored which was due to be said at a moment. */
  void acknowledged(long now, long due) {
    acknowledgements.recordValue(micros(now - due));
    acknowledged.lazySet(acknowledged.getPlain() + 1);
  }

  private static long micros(long nanos) {
    return Math.clamp(nanos / 1_000, 0, MAX_MICROS);
  }

  /** Messages that arrived so far, each counted once for every agent. */
  static long delivered(List<ThreadTally> tallies) {
    return tallies.stream().mapToLong(tally -> tally.delivered.get()).sum();
  }

  /** Messages so far of which it was said that they are stored. */
  static long acknowledged(List<ThreadTally> tallies) {
    return tallies.stream().mapToLong(tally -> tally.acknowledged.get()).sum();
  }

  /** What arrived since the last call of this method. */
  static Deliveries takeDeliveries(List<ThreadTally> tallies, double seconds) {
    return take(tallies, tally -> tally.deliveries, seconds);
  }

  /** What was acknowledged since the last call of this method. */
  static Deliveries takeAcknowledgements(List<ThreadTally> tallies, double seconds) {
    return take(tallies, tally -> tally.acknowledgements, seconds);
  }

  private static Deliveries take(
      List<ThreadTally> tallies,
      Function<ThreadTally, SingleWriterRecorder> recorder,
      double seconds) {
    var all = new Histogram(MAX_MICROS, 3);
    tallies.forEach(tally -> all.add(recorder.apply(tally).getIntervalHistogram()));
    return new Deliveries(
        all.getTotalCount(),
        all.getTotalCount() / seconds,
        all.getValueAtPercentile(50) / 1e3,
        all.getValueAtPercentile(99) / 1e3,
        all.getMaxValue() / 1e3);
  }
}
