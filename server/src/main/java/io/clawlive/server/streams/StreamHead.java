package io.clawlive.server.streams;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a stream stood when a lane last saw it. A guess: the table decides whether it still holds,
 * because a write succeeds only while the stream's row has this next sequence.
 */
final class StreamHead {
  private final Map<String, Long> producers = new HashMap<>();
  private long nextSequence;
  private boolean ended;

  StreamHead(long nextSequence, boolean ended) {
    this.nextSequence = nextSequence;
    this.ended = ended;
  }

  long nextSequence() {
    return nextSequence;
  }

  boolean ended() {
    return ended;
  }

  boolean knows(String producer) {
    return producers.containsKey(producer);
  }

  long lastOf(String producer) {
    return producers.getOrDefault(producer, 0L);
  }

  void learn(String producer, long last) {
    producers.put(producer, last);
  }

  /**
   * Forgets the producers when there are more than this: most wrote once and never again. Who
   * writes on is looked up in the table.
   */
  void keepAtMost(int most) {
    if (producers.size() > most) {
      producers.clear();
    }
  }

  void advance(long next, boolean end) {
    nextSequence = next;
    ended |= end;
  }
}
