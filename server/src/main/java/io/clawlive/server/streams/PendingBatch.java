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

  int bytes() {
    int bytes = 0;
    for (NewEvent event : events) {
      bytes += event.content().length;
    }
    return bytes;
  }
}
