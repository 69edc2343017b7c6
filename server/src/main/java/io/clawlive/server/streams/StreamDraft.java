package io.clawlive.server.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What one write adds to one stream, numbered on the assumption that its head still holds. */
final class StreamDraft {
  private final UUID stream;
  private final long expected;
  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<String, Long> producers = new LinkedHashMap<>();
  private final Set<String> presumedNew = new LinkedHashSet<>();
  private long next;
  private boolean ends;

  StreamDraft(UUID stream, StreamHead head) {
    this.stream = stream;
    this.expected = head.nextSequence();
    this.next = expected;
  }

  /** Numbers the events of a batch that are new and says what its answer will be. */
  Appended add(PendingBatch batch, StreamHead head) {
    long last = producers.getOrDefault(batch.producer(), head.lastOf(batch.producer()));
    int inserted = 0;
    for (NewEvent event : batch.events()) {
      if (event.producerSequence() > last) {
        last = event.producerSequence();
        events.add(new StoredEvent(next++, event.kind(), event.level(), event.content()));
        inserted++;
      }
    }
    if (inserted > 0) {
      producers.put(batch.producer(), last);
      if (!head.knows(batch.producer())) {
        presumedNew.add(batch.producer());
      }
    }
    ends |= batch.ends();
    return new Appended(inserted, last, inserted == 0 ? 0 : next - 1);
  }

  /** Tells the head that the write succeeded. */
  void settle(StreamHead head) {
    producers.forEach(head::learn);
    head.advance(next, ends);
  }

  UUID stream() {
    return stream;
  }

  long expected() {
    return expected;
  }

  long next() {
    return next;
  }

  boolean ends() {
    return ends;
  }

  List<StoredEvent> events() {
    return events;
  }

  Map<String, Long> producers() {
    return producers;
  }

  /** Those of the producers that nobody looked up: nothing of theirs may be stored yet. */
  Set<String> presumedNew() {
    return presumedNew;
  }
}
