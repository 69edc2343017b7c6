package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Where streams stand, asked together: while one question is at the database the next ones gather,
 * so that five thousand watchers who arrive at once ask a handful of times.
 */
@Singleton
final class StreamStates {
  private final EventReadRepository events;
  private Map<UUID, CompletableFuture<Optional<StreamState>>> waiting = new HashMap<>();
  private boolean asking;

  StreamStates(EventReadRepository events) {
    this.events = events;
  }

  /** Where a stream stands by now; empty when there is none with this id. */
  Optional<StreamState> of(UUID stream) {
    CompletableFuture<Optional<StreamState>> answer;
    synchronized (this) {
      answer = waiting.computeIfAbsent(stream, id -> new CompletableFuture<>());
      if (!asking) {
        asking = true;
        Thread.startVirtualThread(this::ask);
      }
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void ask() {
    for (var asked = take(); !asked.isEmpty(); asked = take()) {
      try {
        Map<UUID, StreamState> states = events.states(asked.keySet());
        asked.forEach((id, answer) -> answer.complete(Optional.ofNullable(states.get(id))));
      } catch (RuntimeException e) {
        asked.values().forEach(answer -> answer.completeExceptionally(e));
      }
    }
  }

  private synchronized Map<UUID, CompletableFuture<Optional<StreamState>>> take() {
    var taken = waiting;
    waiting = new HashMap<>();
    asking = !taken.isEmpty();
    return taken;
  }
}
