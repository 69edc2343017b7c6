package io.clawlive.server.streams;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Sends stored events of a stream up to a sequence, page by page as the reader takes them. */
@Singleton
public final class StreamPages {

  private final EventReadRepository events;

  StreamPages(EventReadRepository events) {
    this.events = events;
  }

  /**
   * Sends the events after a sequence, as field 1 of each message, then completes the call. Returns
   * at once; a virtual thread of its own waits while the reader is slow and ends when it is gone.
   *
   * @param kinds payload kinds to send, by name; none means all
   * @param last makes the message that is sent after the events
   */
  public void send(
      UUID stream,
      long after,
      List<String> kinds,
      long upTo,
      Supplier<byte[]> last,
      ServerCallStreamObserver<byte[]> call) {
    EventKinds chosen = EventKinds.of(kinds);
    StartPosition.requireReached(after, upTo);
    var ready = new Semaphore(0);
    call.setOnReadyHandler(ready::release);
    call.setOnCancelHandler(ready::release);
    Thread.startVirtualThread(() -> {
      try {
        send(stream, after, chosen, upTo, last, call, ready);
      } catch (RuntimeException e) {
        call.onError(Status.UNKNOWN.withCause(e).asRuntimeException());
      }
    });
  }

  private void send(
      UUID stream,
      long after,
      EventKinds kinds,
      long upTo,
      Supplier<byte[]> last,
      ServerCallStreamObserver<byte[]> call,
      Semaphore ready) {
    var limit = new PageLimit();
    long position = after;
    while (position < upTo) {
      // Read before the reader is ready, so that one page is read while the last one travels.
      List<StoredEvent> page = events.after(stream, position, kinds, limit.events());
      limit.learn(page);
      List<StoredEvent> wanted =
          page.stream().takeWhile(event -> event.sequence() <= upTo).toList();
      if (wanted.isEmpty()) {
        break;
      }
      byte[] message = StoredEvent.encode(stream, wanted);
      position = wanted.getLast().sequence();
      if (!awaitReady(call, ready)) {
        return;
      }
      call.onNext(message);
    }
    byte[] end = last.get();
    if (awaitReady(call, ready)) {
      call.onNext(end);
      call.onCompleted();
    }
  }

  /** Waits while the reader is slow; false when it is gone. */
  private static boolean awaitReady(ServerCallStreamObserver<byte[]> call, Semaphore ready) {
    while (!call.isReady()) {
      if (call.isCancelled()) {
        return false;
      }
      ready.acquireUninterruptibly();
      ready.drainPermits();
    }
    return true;
  }
}
