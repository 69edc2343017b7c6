package io.clawlive.server.streams;

import java.util.Arrays;
import java.util.List;

/** The newest events of a stream, without a hole, bounded in number and bytes. */
final class EventRing {
  private static final int INITIAL_SLOTS = 64;

  private final int maxEvents;
  private final int maxBytes;
  private StoredEvent[] slots = new StoredEvent[INITIAL_SLOTS];
  private long first = 1;
  private long next = 1;
  private long bytes;
  private long lastForSome;

  EventRing(int maxEvents, int maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** The lowest sequence held; when the ring is empty, the one it would begin with. */
  long first() {
    return first;
  }

  /** The sequence after the highest one held. */
  long next() {
    return next;
  }

  private void restart(long from) {
    Arrays.fill(slots, null);
    first = from;
    next = from;
    bytes = 0;
  }

  /** Adds events that follow each other; what does not follow the ring starts it anew. */
  void add(List<StoredEvent> events) {
    for (StoredEvent event : events) {
      if (event.sequence() != next) {
        restart(event.sequence());
      }
      if (next - first == slots.length && slots.length < maxEvents) {
        grow();
      }
      while (next > first
          && (next - first == slots.length || bytes + event.content().length > maxBytes)) {
        bytes -= slots[slot(first)].content().length;
        slots[slot(first++)] = null;
      }
      slots[slot(next++)] = event;
      if (EventProjection.isForSome(event)) {
        lastForSome = event.sequence();
      }
      bytes += event.content().length;
    }
  }

  /** Whether what follows a position holds something that is for some readers only. */
  boolean isForSome(long position) {
    return lastForSome > position;
  }

  StoredEvent get(long sequence) {
    return slots[slot(sequence)];
  }

  private int slot(long sequence) {
    return (int) (sequence % slots.length);
  }

  private void grow() {
    StoredEvent[] old = slots;
    slots = new StoredEvent[Math.min(maxEvents, old.length * 4)];
    for (long s = first; s < next; s++) {
      slots[slot(s)] = old[(int) (s % old.length)];
    }
  }
}
