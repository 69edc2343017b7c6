package io.clawlive.server.streams;

import io.clawlive.server.identity.Caller;
import io.clawlive.streams.v1.WatchRequest;
import java.util.UUID;

/**
 * What somebody wants to watch.
 *
 * @param after the last sequence already seen; ignored where there is a tail
 * @param tail the newest events to begin with; -1 for none
 * @param stopWhenCaughtUp ends instead of following the stream
 * @param caller with whose eyes
 */
record WatchPlan(
    UUID stream, long after, int tail, EventKinds kinds, boolean stopWhenCaughtUp, Caller caller) {

  static WatchPlan of(WatchRequest request, Caller caller) {
    return new WatchPlan(
        UUID.fromString(request.getStreamId()),
        request.getAfterSequence(),
        request.hasTail() ? request.getTail() : -1,
        EventKinds.of(request.getKindsList()),
        request.getStopWhenCaughtUp(),
        caller);
  }

  /** The last sequence that the watcher does not want any more, checked against the stream. */
  long start(StreamState state) {
    return tail >= 0
        ? Math.max(state.firstSequence() - 1, state.lastSequence() - tail)
        : StartPosition.requireReached(after, state.lastSequence());
  }
}
