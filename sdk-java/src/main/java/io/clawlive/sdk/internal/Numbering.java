package io.clawlive.sdk.internal;

import java.util.UUID;

/**
 * A producer's numbers. A new producer begins at 1. One that was used before and left nothing on
 * this machine begins above what the server says is committed, so its first number waits for that.
 */
class Numbering {
  private final String producerId;
  private long next;

  /** {@code next} 0 means that the server has to say where to begin. */
  Numbering(String producerId, long next) {
    this.producerId = producerId;
    this.next = next;
  }

  /** For a publisher without a spool. */
  static Numbering inMemory(String producerId) {
    return producerId.isEmpty()
        ? new Numbering(UUID.randomUUID().toString(), 1)
        : new Numbering(producerId, 0);
  }

  String producerId() {
    return producerId;
  }

  boolean isKnown() {
    return next > 0;
  }

  /** The number the next event gets. */
  long peek() {
    return next;
  }

  /** The number was given to an event. */
  void used(long number) {
    next = number + 1;
  }

  /** Highest number given, 0 before the first. */
  long last() {
    return Math.max(0, next - 1);
  }

  /** The server's standing; false when it is above every number given here. */
  boolean startAbove(long committed) {
    if (next == 0) {
      next = committed + 1;
    }
    return committed < next;
  }
}
