package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.RoomCursor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs what rooms bring: the items of one room in order, one at a time; rooms beside each other.
 *
 * <p>Invariant: an event is run once in a process, however often it arrives, because a room's
 * position rises when an event is taken in; and a position is told as handled only after its
 * handlers have returned.
 */
final class RoomLanes {
  // What one hello may hold.
  private static final int MOST_CURSORS = 200;

  private final int most;
  private final Work work;
  private final Executor threads = HandlerThreads.shared();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<String, RoomLane> lanes = new LinkedHashMap<>();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private int full;
  private int running;
  private boolean stopped;

  /** Told on a handler's thread, never while a lock is held. */
  interface Work {
    /** Runs the handlers of an item. */
    void run(RoomItem item);

    /** Everything of this room up to here is handled. */
    void handled(String roomId, long sequence);

    /** No room has too much waiting any more. */
    void roomAgain();
  }

  /** With so many events waiting in a room at most before {@link #isFull}. */
  RoomLanes(int most, Map<String, Long> positions, Work work) {
    this.most = most;
    this.work = work;
    positions.forEach((room, position) -> lanes.put(room, new RoomLane(position)));
  }

  /** Takes an item in, unless it is a repetition. */
  void add(RoomItem item) {
    lock.lock();
    try {
      RoomLane lane = lanes.computeIfAbsent(item.roomId(), room -> new RoomLane(0));
      if (stopped || isRepetition(item, lane)) {
        return;
      }
      lane.waiting.add(item);
      if (lane.waiting.size() == most) {
        full++;
      }
      if (!lane.running) {
        lane.running = true;
        running++;
        threads.execute(() -> runAll(item.roomId(), lane));
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isRepetition(RoomItem item, RoomLane lane) {
    if (item instanceof RoomItem.Stands stands) {
      lane.left = false;
      lane.received = Math.max(lane.received, stands.context().getCursor());
    } else if (item instanceof RoomItem.Left) {
      lane.left = true;
    } else if (item.sequence() <= lane.received) {
      return true;
    } else {
      lane.received = item.sequence();
    }
    return false;
  }

  /** Whether a room has as much waiting as it may. */
  boolean isFull() {
    lock.lock();
    try {
      return full > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where to go on after a reconnect: what is handled, so that a crash before then loses nothing.
   */
  List<RoomCursor> cursors() {
    lock.lock();
    try {
      return lanes.entrySet().stream()
          .filter(lane -> lane.getValue().handled > 0 && !lane.getValue().left)
          .limit(MOST_CURSORS)
          .map(lane ->
              RoomCursor.newBuilder()
                  .setRoomId(lane.getKey())
                  .setSequence(lane.getValue().handled)
                  .build())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private void runAll(String roomId, RoomLane lane) {
    inside.set(true);
    for (RoomItem item = take(lane); item != null; item = take(lane)) {
      if (!(item instanceof RoomItem.Passed)) {
        work.run(item);
      }
      if (advance(lane, item.sequence())) {
        work.handled(roomId, item.sequence());
      }
    }
  }

  private boolean advance(RoomLane lane, long sequence) {
    lock.lock();
    try {
      boolean further = sequence > lane.handled;
      lane.handled = Math.max(lane.handled, sequence);
      return further;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RoomItem take(RoomLane lane) {
    boolean again = false;
    RoomItem item;
    lock.lock();
    try {
      item = stopped ? null : lane.waiting.poll();
      if (item == null) {
        lane.running = false;
        running--;
        idle.signalAll();
      } else if (lane.waiting.size() == most - 1) {
        full--;
        again = full == 0;
      }
    } finally {
      lock.unlock();
    }
    if (again) {
      work.roomAgain();
    }
    return item;
  }

  /** Begins no item any more and waits for those that run, unless one of them asks. */
  void stop(Duration longest) {
    lock.lock();
    try {
      stopped = true;
      if (inside.get()) {
        return;
      }
      long left = longest.toNanos();
      while (running > 0 && left > 0) {
        long remaining = left;
        left = Interrupts.during(() -> idle.awaitNanos(remaining));
      }
    } finally {
      lock.unlock();
    }
  }
}
