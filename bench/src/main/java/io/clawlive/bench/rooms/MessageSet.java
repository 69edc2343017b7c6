package io.clawlive.bench.rooms;

/**
 * Which messages of a room somebody knows of, whatever the order in which they became known: how
 * many, and a sum over their sequences that another set of the same size does not have. Any number
 * of threads may use it.
 */
final class MessageSet {
  /** Odd, with its bits well spread, so that neighbouring sequences come out far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long count;
  private long sum;
  private long highest;

  synchronized void add(long sequence) {
    long spread = sequence * SPREAD;
    spread ^= spread >>> 29;
    count++;
    sum += spread * SPREAD;
    highest = Math.max(highest, sequence);
  }

  /** The same messages, to which others may be added. */
  synchronized MessageSet copy() {
    var copy = new MessageSet();
    copy.count = count;
    copy.sum = sum;
    copy.highest = highest;
    return copy;
  }

  synchronized long count() {
    return count;
  }

  /** The highest sequence; 0 for none. */
  synchronized long highest() {
    return highest;
  }

  /** Whether these are the same messages, each as often. */
  boolean sameAs(MessageSet other) {
    MessageSet still = other.copy();
    synchronized (this) {
      return count == still.count && sum == still.sum && highest == still.highest;
    }
  }

  @Override
  public synchronized String toString() {
    return count + " messages up to sequence " + highest;
  }
}
