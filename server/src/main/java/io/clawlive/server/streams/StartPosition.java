package io.clawlive.server.streams;

/** Where a reader begins, checked against where the stream stands. */
final class StartPosition {
  private StartPosition() {}

  /** A sequence that the stream has reached. */
  static long requireReached(long sequence, long lastSequence) {
    if (sequence > lastSequence) {
      throw StreamErrors.inFuture(sequence, lastSequence);
    }
    return sequence;
  }
}
