package io.clawlive.server.platform.redis;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that Redis is away, so that calls do not wait for it one after the other: one call in a
 * while tries, the others go on at once.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
  private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

  private final String address;
  private volatile boolean lasting;
  private long retryAt;

  Outage(String address) {
    this.address = address;
  }

  /** Whether this call is to ask Redis. */
  enum Turn {
    ASK,
    /** Ask, to find out whether it is back. */
    TRY,
    LEAVE
  }

  Turn turn() {
    return lasting ? turnWhileAway() : Turn.ASK;
  }

  private synchronized Turn turnWhileAway() {
    // This goes by the machine's time: an outage does not end because somebody set the clock.
    long now = System.nanoTime();
    if (now - retryAt < 0) {
      return Turn.LEAVE;
    }
    retryAt = now + RETRY_NANOS;
    return Turn.TRY;
  }

  /** Redis did not answer. */
  synchronized void begin(Throwable why) {
    retryAt = System.nanoTime() + RETRY_NANOS;
    if (!lasting) {
      lasting = true;
      LOG.warn(
          "Redis at {} does not answer ({}): until it does this server counts rates alone, lets"
              + " nobody in by a password and does not know who is present.",
          address,
          rootOf(why).getMessage());
    }
  }

  /** Redis answered a call that tried. */
  synchronized void end() {
    if (lasting) {
      lasting = false;
      LOG.info("Redis at {} answers again.", address);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
