package io.clawlive.server.streams;

import io.clawlive.streams.v1.WatchRequest;

/** Where a reader begins, checked against where the stream stands. */
final class StartPosition {
  private StartPosition() {}

  /** The last sequence that a watcher does not want any more. */
  static long of(WatchRequest request, StreamState state) {
    return request.hasTail()
        ? Math.max(state.firstSequence() - 1, state.lastSequence() - request.getTail())
        : requireReached(request.getAfterSequence(), state.lastSequence());
  }

  /** A sequence that the stream has reached. */
  static long requireReached(long sequence, long lastSequence) {
    if (sequence > lastSequence) {
      throw StreamErrors.inFuture(sequence, lastSequence);
    }
    return sequence;
  }
}
