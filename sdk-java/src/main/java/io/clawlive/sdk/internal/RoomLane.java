package io.clawlive.sdk.internal;

import java.util.ArrayDeque;
import java.util.Queue;

/** What waits for one room's handlers, and how far they are. Guarded by {@link RoomLanes}. */
final class RoomLane {
  final Queue<RoomItem> waiting = new ArrayDeque<>();

  /** Highest position taken in; at or below it is a repetition. */
  long received;

  /** Highest position whose handlers have returned. */
  long handled;

  /** Whether a thread works on it. */
  boolean running;

  /** Whether the agent is no longer in the room. */
  boolean left;

  RoomLane(long position) {
    received = position;
    handled = position;
  }
}
