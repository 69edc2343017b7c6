package io.clawlive.server.platform.grpc;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;

/** Counts what was taken lately, by key. */
public interface Buckets {
  /**
   * How much a bucket holds and how fast it fills again.
   *
   * @param count tokens of a full bucket, 1 or more
   * @param window in which an empty bucket becomes full, evenly
   */
  record Limit(long count, Duration window) {
    /** The same for the library that counts. */
    public Bandwidth bandwidth() {
      return Bandwidth.builder().capacity(count).refillGreedy(count, window).build();
    }
  }

  /**
   * Takes one token from the bucket of a key; a bucket nobody took from yet is full.
   *
   * @return zero when it was taken, otherwise how long it takes until there is one again
   */
  Duration take(Limit limit, String key);

  /** Puts a token back that was taken for nothing. */
  void giveBack(Limit limit, String key);
}
