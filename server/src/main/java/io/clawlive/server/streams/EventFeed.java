package io.clawlive.server.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live end of one watched stream on this server: its newest events and who watches them.
 *
 * <p>A watcher is a position. The feed hands out frames, encoded answers from a position to the
 * newest event; watchers at the same position with the same filter share one. Passes over the
 * watchers are spaced by their number, so that one watcher hears at once and a thousand hear
 * several events in one message; and by the number of those who watch other streams here, because
 * they share the processors.
 */
final class EventFeed {
  private static final int FRAME_EVENTS = 1_000;
  private static final int FRAME_BYTES = 256 << 10;
  private static final int MAX_FRAMES = 64;
  private static final byte[] NOTHING = {};
  private static final long NANOS_PER_WATCHER = 50_000;
  private static final long MAX_PAUSE_NANOS = 15_000_000;
  private static final long NANOS_PER_OTHER = 25_000;
  private static final long MAX_PAUSE_FOR_OTHERS_NANOS = 25_000_000;

  /**
   * An encoded answer.
   *
   * @param position where a watcher stands after it
   * @param message empty when the filter lets nothing through
   */
  record Frame(long position, byte[] message) {}

  private record FrameKey(long position, EventKinds kinds, Eyes eyes) {}

  private final UUID stream;
  private final IntSupplier everybody;
  private final EventRing ring;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Map<FrameKey, Frame> frames = new HashMap<>();
  private final AtomicBoolean pumping = new AtomicBoolean();
  private volatile boolean moved;
  private volatile long tail;
  private volatile boolean ended;
  private long lastPass = System.nanoTime() - MAX_PAUSE_NANOS;

  /**
   * A feed without watchers.
   *
   * @param everybody watchers of all feeds of this server
   */
  EventFeed(UUID stream, StreamsConfiguration configuration, IntSupplier everybody) {
    this.stream = stream;
    this.everybody = everybody;
    this.ring = new EventRing(configuration.feedEvents(), configuration.feedBytes());
  }

  UUID stream() {
    return stream;
  }

  /** The newest sequence known to be committed. */
  long tail() {
    return tail;
  }

  boolean ended() {
    return ended;
  }

  List<Watcher> watchers() {
    return watchers;
  }

  /** Takes events that were just committed here. */
  void appended(List<StoredEvent> events, long last, boolean end) {
    synchronized (this) {
      if (!events.isEmpty() && events.getFirst().sequence() >= ring.next()) {
        ring.add(events);
      }
      tail = Math.max(tail, last);
      ended |= end;
      frames.clear();
    }
    wake();
  }

  /** Takes the news that the stream reaches further, without its events: they are in the table. */
  void advanced(long last, boolean end) {
    synchronized (this) {
      if (last <= tail && end == ended) {
        return;
      }
      tail = Math.max(tail, last);
      ended |= end;
    }
    wake();
  }

  /** The next events after a position; null when they are only in the table. */
  synchronized @Nullable Frame frame(long position, EventKinds kinds, Eyes eyes) {
    if (position + 1 < ring.first() || position + 1 >= ring.next()) {
      return null;
    }
    if (frames.size() >= MAX_FRAMES) {
      frames.clear();
    }
    return frames.computeIfAbsent(
        new FrameKey(position, kinds, ring.isForSome(position) ? eyes : eyes.general()),
        this::encode);
  }

  private Frame encode(FrameKey key) {
    var chosen = new ArrayList<StoredEvent>();
    long position = key.position();
    int bytes = 0;
    while (position + 1 < ring.next()
        && chosen.size() < FRAME_EVENTS
        && (chosen.isEmpty() || bytes < FRAME_BYTES)) {
      StoredEvent event = ring.get(++position);
      StoredEvent seen =
          key.kinds().contains(event.kind())
              ? EventProjection.show(stream, event, key.eyes())
              : null;
      if (seen != null) {
        chosen.add(seen);
        bytes += seen.content().length;
      }
    }
    return new Frame(position, chosen.isEmpty() ? NOTHING : StoredEvent.encode(stream, chosen));
  }

  /** Sees to it that the watchers hear of what is new. */
  private void wake() {
    moved = true;
    if (!watchers.isEmpty() && pumping.compareAndSet(false, true)) {
      Thread.ofVirtual().name("feed").start(this::pump);
    }
  }

  private void pump() {
    do {
      while (moved) {
        pause();
        moved = false;
        lastPass = System.nanoTime();
        watchers.forEach(Watcher::drain);
      }
      pumping.set(false);
      // Whoever moved the feed after the last look saw pumping set and left the work to us.
    } while (moved && pumping.compareAndSet(false, true));
  }

  private void pause() {
    int here = watchers.size();
    long others = Math.max(0, everybody.getAsInt() - here);
    long pause =
        Math.max(
            Math.min(MAX_PAUSE_NANOS, here * NANOS_PER_WATCHER),
            Math.min(MAX_PAUSE_FOR_OTHERS_NANOS, others * NANOS_PER_OTHER));
    long until = lastPass + pause;
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
