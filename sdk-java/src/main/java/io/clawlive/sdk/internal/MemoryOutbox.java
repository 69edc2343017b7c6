package io.clawlive.sdk.internal;

import io.clawlive.streams.v1.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An outbox that lasts as long as the process. */
final class MemoryOutbox implements Outbox {
  // Tag and length of an event inside a batch.
  private static final int FRAME_BYTES = 6;

  private final int maxEvents;
  private final long maxBytes;
  private final Deque<Event> underway = new ArrayDeque<>();
  private final Deque<Event> unsent = new ArrayDeque<>();
  private long underwayBytes;
  private long unsentBytes;

  MemoryOutbox(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean fits(int bytes) {
    return underway.size() + unsent.size() < maxEvents
        && underwayBytes + unsentBytes + bytes <= maxBytes;
  }

  @Override
  public void add(Event event) {
    unsent.addLast(event);
    unsentBytes += event.getSerializedSize();
  }

  @Override
  public long dropOldest() {
    Event oldest = unsent.pollFirst();
    if (oldest == null) {
      return 0;
    }
    unsentBytes -= oldest.getSerializedSize();
    return 1;
  }

  @Override
  public long unsent() {
    return unsent.size();
  }

  @Override
  public long unsentBytes() {
    return unsentBytes;
  }

  /** Leaves half of the buffer unsent, so that DROP_OLDEST finds something to give up. */
  @Override
  public List<Event> take(int atMost, int atMostBytes) {
    int room = Math.min(atMost, maxEvents / 2 - underway.size());
    List<Event> batch = new ArrayList<>(Math.max(0, Math.min(room, unsent.size())));
    int bytes = 0;
    while (batch.size() < room && !unsent.isEmpty()) {
      int size = unsent.getFirst().getSerializedSize();
      if (!batch.isEmpty() && bytes + size + FRAME_BYTES > atMostBytes) {
        break;
      }
      Event event = unsent.removeFirst();
      bytes += size + FRAME_BYTES;
      unsentBytes -= size;
      underwayBytes += size;
      underway.addLast(event);
      batch.add(event);
    }
    return batch;
  }

  @Override
  public void committed(long number) {
    while (!underway.isEmpty() && underway.getFirst().getProducerSequence() <= number) {
      underwayBytes -= underway.removeFirst().getSerializedSize();
    }
    while (!unsent.isEmpty() && unsent.getFirst().getProducerSequence() <= number) {
      unsentBytes -= unsent.removeFirst().getSerializedSize();
    }
  }

  @Override
  public void rewind() {
    while (!underway.isEmpty()) {
      unsent.addFirst(underway.removeLast());
    }
    unsentBytes += underwayBytes;
    underwayBytes = 0;
  }

  @Override
  public long first() {
    Event first = underway.isEmpty() ? unsent.peekFirst() : underway.peekFirst();
    return first == null ? Long.MAX_VALUE : first.getProducerSequence();
  }

  /** Gives up the unsent events up to a number and says how many. */
  long dropTo(long number) {
    long before = unsent.size();
    while (!unsent.isEmpty() && unsent.getFirst().getProducerSequence() <= number) {
      unsentBytes -= unsent.removeFirst().getSerializedSize();
    }
    return before - unsent.size();
  }

  @Override
  public long size() {
    return underway.size() + unsent.size();
  }

  @Override
  public void persist() {}

  @Override
  public void close() {}
}
