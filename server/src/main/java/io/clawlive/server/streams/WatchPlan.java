package io.clawlive.server.streams;

import io.clawlive.streams.v1.WatchRequest;

/**
 * What a watcher wants, checked against where its stream stands.
 *
 * @param position the last sequence the reader has
 * @param firstSequence the lowest sequence that retention left
 * @param lastSequence what was stored when the reader asked, whichever server wrote it
 */
record WatchPlan(
    long position,
    long firstSequence,
    long lastSequence,
    EventKinds kinds,
    boolean stopWhenCaughtUp) {

  static WatchPlan of(WatchRequest request, StreamState state) {
    long position =
        request.hasTail()
            ? Math.max(state.firstSequence() - 1, state.lastSequence() - request.getTail())
            : request.getAfterSequence();
    requireReached(position, state);
    return new WatchPlan(
        position,
        state.firstSequence(),
        state.lastSequence(),
        EventKinds.of(request.getKindsList()),
        request.getStopWhenCaughtUp());
  }

  static void requireReached(long position, StreamState state) {
    if (position > state.lastSequence()) {
      throw StreamErrors.inFuture(position, state.lastSequence());
    }
  }
}
