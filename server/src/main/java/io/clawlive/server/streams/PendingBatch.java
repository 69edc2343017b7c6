package io.clawlive.server.streams;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A batch of one producer that waits for its commit. */
record PendingBatch(
    UUID stream,
    String producer,
    List<NewEvent> events,
    boolean ends,
    long queuedNanos,
    CompletableFuture<Appended> done) {

  PendingBatch(UUID stream, String producer, List<NewEvent> events, boolean ends) {
    this(stream, producer, events, ends, System.nanoTime(), new CompletableFuture<>());
  }

  /** Whether its first event is the first of its producer's, or has no event at all. */
  boolean beginsAtOne() {
    return events.isEmpty() || events.getFirst().producerSequence() == 1;
  }

  int bytes() {
    int bytes = 0;
    for (NewEvent event : events) {
      bytes += event.content().length;
    }
    return bytes;
  }
}
