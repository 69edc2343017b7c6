package io.clawlive.sdk.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Exponential delays with full jitter: the n-th is drawn evenly from 0 to 100 ms · 2ⁿ, at most the
 * cap. An address nobody listens on is cheap to try, so that has the low cap and a restarted server
 * is used within a second; a server that answers with a failure is left alone for longer.
 */
final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
  private static final long CONNECT_CAP_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long ANSWER_CAP_NANOS = Duration.ofSeconds(5).toNanos();

  private final LongUnaryOperator random;
  private int failures;

  Backoff() {
    this(bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  /** With a source of numbers from 0 to below its argument. */
  Backoff(LongUnaryOperator random) {
    this.random = random;
  }

  /** The wait after one more failure, where the server was {@code reached} or not. */
  Duration next(boolean reached) {
    long cap = reached ? ANSWER_CAP_NANOS : CONNECT_CAP_NANOS;
    long most = Math.min(cap, FIRST_NANOS << Math.min(failures, 20));
    failures++;
    return Duration.ofNanos(random.applyAsLong(most + 1));
  }

  /** After a success the next failure waits shortly again. */
  void reset() {
    failures = 0;
  }
}
