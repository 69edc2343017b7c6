package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits until which number is settled. Guarded by the owner's lock. */
final class FlushWaiters {
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  private record Waiter(long number, CompletableFuture<Void> done) {}

  /** Numbers never fall from one call to the next. */
  CompletableFuture<Void> add(long number) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiters.add(new Waiter(number, done));
    return done;
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Completes, after the lock, those whose events all lie below {@code first}. */
  void settle(long first, Notices notices) {
    while (!waiters.isEmpty() && waiters.getFirst().number < first) {
      CompletableFuture<Void> done = waiters.removeFirst().done;
      notices.add(() -> done.complete(null));
    }
  }

  /** Fails all, after the lock. */
  void fail(ClawLiveException failure, Notices notices) {
    List<Waiter> all = new ArrayList<>(waiters);
    waiters.clear();
    for (Waiter waiter : all) {
      notices.add(() -> waiter.done.completeExceptionally(failure));
    }
  }
}
