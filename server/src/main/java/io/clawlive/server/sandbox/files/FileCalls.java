package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.LastingCalls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The calls about files that last: how many there may be, and which of them write what. */
@Singleton
final class FileCalls implements LastingCalls {
  private static final int MOST_WATCHING = 4;
  private static final int MOST_COPYING = 64;

  /** Who writes again after a call that dropped may come before that call has let go. */
  private static final Duration LETS_GO_WITHIN = Duration.ofSeconds(3);

  private record Place(UUID sandbox, FilePath path) {}

  private final Set<Lasting> open = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Integer> watching = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> copying = new ConcurrentHashMap<>();
  private final Map<Place, CompletableFuture<Boolean>> writing = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /** A call that lasts. */
  interface Lasting {
    /** The server stops. */
    void stop();
  }

  /** Something that is given back. */
  interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /** A call begins. */
  void add(Lasting call) {
    open.add(call);
    if (stopping) {
      call.stop();
    }
  }

  /** A call is over. */
  void remove(Lasting call) {
    open.remove(call);
  }

  @Override
  public void letGo() {
    stopping = true;
    open.forEach(Lasting::stop);
  }

  /** One of the few calls that may watch in a sandbox at a time. */
  Claim watch(UUID sandbox) {
    return one(
        watching,
        sandbox,
        MOST_WATCHING,
        () ->
            Refusal.of(
                ErrorReason.ERROR_REASON_TOO_MANY_PROCESSES,
                "%d calls watch files in the sandbox; more are not taken.".formatted(MOST_WATCHING),
                "limit",
                Integer.toString(MOST_WATCHING)));
  }

  /** One of the calls that may read or write in a sandbox at a time. */
  Claim copy(UUID sandbox, FilePath path) {
    return one(
        copying,
        sandbox,
        MOST_COPYING,
        () ->
            Faults.refused(
                path,
                "reached",
                "%d calls read and write files in the sandbox, and more are not taken"
                    .formatted(MOST_COPYING)));
  }

  private static Claim one(
      Map<UUID, Integer> counts,
      UUID sandbox,
      int most,
      java.util.function.Supplier<Refusal> refusal) {
    int now = counts.merge(sandbox, 1, Integer::sum);
    Claim claim = () -> {
      Integer unused = counts.computeIfPresent(sandbox, (id, n) -> n == 1 ? null : n - 1);
    };
    if (now > most) {
      claim.close();
      throw refusal.get();
    }
    return claim;
  }

  /** The right to write a path, which one call has at a time. */
  Claim write(UUID sandbox, FilePath path) throws InterruptedException {
    Place place = new Place(sandbox, path);
    var mine = new CompletableFuture<Boolean>();
    long until = System.nanoTime() + LETS_GO_WITHIN.toNanos();
    CompletableFuture<Boolean> other = writing.putIfAbsent(place, mine);
    while (other != null) {
      try {
        boolean unused = other.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw Faults.refused(path, "written", "another call writes it");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
      other = writing.putIfAbsent(place, mine);
    }
    return () -> {
      writing.remove(place);
      mine.complete(true);
    };
  }
}
