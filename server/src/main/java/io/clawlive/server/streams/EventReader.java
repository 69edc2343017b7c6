package io.clawlive.server.streams;

import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stored events as other nouns read them: a bounded page at a time. */
@Singleton
public final class EventReader {
  private static final int ROWS = 1_000;

  private final EventReadRepository events;

  EventReader(EventReadRepository events) {
    this.events = events;
  }

  /**
   * The nearest events below a sequence, oldest first. A page ends near 256 KiB.
   *
   * @param kinds payload kinds, by name; none means all
   * @param limit most events
   */
  public List<Event> before(UUID stream, long sequence, List<String> kinds, int limit) {
    return decode(stream, events.before(stream, sequence, EventKinds.of(kinds), limit));
  }

  /** As {@link #before(UUID, long, List, int)}, of what these eyes see: there may be fewer. */
  public Read before(UUID stream, long sequence, List<String> kinds, int limit, Eyes eyes) {
    List<StoredEvent> page = events.before(stream, sequence, EventKinds.of(kinds), limit);
    return page.isEmpty()
        ? Read.NOTHING
        : new Read(
            decode(stream, EventProjection.show(stream, page, eyes)), page.getFirst().sequence());
  }

  /** As {@link #after(UUID, long, List, int)}, of what these eyes see: there may be fewer. */
  public Read after(UUID stream, long sequence, List<String> kinds, int limit, Eyes eyes) {
    List<StoredEvent> page = events.after(stream, sequence, EventKinds.of(kinds), limit);
    return page.isEmpty()
        ? Read.NOTHING
        : new Read(
            decode(stream, EventProjection.show(stream, page, eyes)), page.getLast().sequence());
  }

  /**
   * A page of what somebody may see.
   *
   * @param position where to go on; 0 when there was nothing to read
   */
  public record Read(List<Event> events, long position) {
    static final Read NOTHING = new Read(List.of(), 0);
  }

  /** The events above a sequence, oldest first; otherwise as {@link #before}. */
  public List<Event> after(UUID stream, long sequence, List<String> kinds, int limit) {
    return decode(stream, events.after(stream, sequence, EventKinds.of(kinds), limit));
  }

  /** One event; empty when the stream has none at this sequence. */
  public Optional<Event> at(UUID stream, long sequence) {
    return after(stream, sequence - 1, List.of(), 1).stream()
        .filter(event -> event.getSequence() == sequence)
        .findFirst();
  }

  /** The events at these sequences that these eyes see, oldest first. */
  public List<Event> at(UUID stream, Collection<Long> sequences, Eyes eyes) {
    return decode(stream, EventProjection.show(stream, events.at(stream, sequences), eyes));
  }

  /**
   * Where the one event of a producer stands that has written. Who asks repeats itself, which it
   * does soon, so the newest are looked at first.
   *
   * @param kind the event's payload kind, by name
   */
  public long sequenceOf(UUID stream, String kind, String producer) {
    long below = Long.MAX_VALUE;
    while (true) {
      List<Event> page = before(stream, below, List.of(kind), ROWS);
      for (Event event : page.reversed()) {
        if (event.getProducerId().equals(producer)) {
          return event.getSequence();
        }
      }
      if (page.isEmpty()) {
        throw new IllegalStateException("no event of a producer that has written");
      }
      below = page.getFirst().getSequence();
    }
  }

  /** The highest number of a producer that is stored; 0 for a new producer. */
  public long last(UUID stream, String producer) {
    return events.producerSequence(stream, producer);
  }

  private static List<Event> decode(UUID stream, List<StoredEvent> page) {
    return page.stream().map(event -> event.decode(stream)).toList();
  }
}
