package io.clawlive.server.streams;

import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.Checkpoint;
import io.clawlive.streams.v1.Ended;
import io.clawlive.streams.v1.Gap;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * One Watch call: a position on a stream, and nothing that grows.
 *
 * <p>A watcher either stands at the live end, where the feed's passes write to it while its call is
 * ready, or it catches up: a virtual thread reads pages from the table, one at a time, each when
 * the call is ready for it. Who stops reading at the live end falls behind the feed's memory and
 * catches up once it reads again.
 */
final class Watcher {

  /** What a watcher is doing. */
  private enum State {
    CATCHING_UP,
    LIVE,
    CLOSED
  }

  private final EventFeed feed;
  private final WatchRequest request;
  private final EventKinds kinds;
  private final ServerCallStreamObserver<byte[]> call;
  private final EventReadRepository events;
  private final StreamStates states;
  private final Semaphore ready = new Semaphore(0);
  private State state = State.CATCHING_UP;
  private long position;
  private boolean caughtUp;
  private long lastSent = System.nanoTime();

  Watcher(
      EventFeed feed,
      WatchRequest request,
      ServerCallStreamObserver<byte[]> call,
      EventReadRepository events,
      StreamStates states) {
    this.feed = feed;
    this.request = request;
    this.kinds = EventKinds.of(request.getKindsList());
    this.call = call;
    this.events = events;
    this.states = states;
  }

  UUID stream() {
    return feed.stream();
  }

  /**
   * Begins to send. The feed already hears what is committed here, so what the table says now and
   * what the feed hears from now on leave no hole between them.
   */
  void start() {
    onThread(() -> {
      StreamState stored =
          states.of(stream()).orElseThrow(() -> StreamErrors.notFound(stream().toString()));
      position = StartPosition.of(request, stored);
      feed.advanced(stored.lastSequence(), stored.ended());
      sendGap(stored.firstSequence());
      catchUp();
    });
  }

  private void onThread(Runnable work) {
    Thread.startVirtualThread(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        fail(e);
      }
    });
  }

  /** Events by which it is behind the newest of its stream. */
  synchronized long lag() {
    return Math.max(0, feed.tail() - position);
  }

  /** Called when the call can take more. */
  void onReady() {
    ready.release();
    drain();
  }

  /** Called when the reader has gone. */
  synchronized void onCancel() {
    state = State.CLOSED;
    ready.release();
  }

  /** Ends the call with a refusal. */
  synchronized void fail(RuntimeException reason) {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      ready.release();
      call.onError(Status.UNAVAILABLE.withCause(reason).asRuntimeException());
    }
  }

  /** Sends what the feed holds, as long as the call takes it. Does nothing while catching up. */
  synchronized void drain() {
    while (state == State.LIVE && call.isReady()) {
      if (position >= feed.tail()) {
        arrive();
        return;
      }
      EventFeed.Frame frame = feed.frame(position, kinds);
      if (frame == null) {
        state = State.CATCHING_UP;
        caughtUp = false;
        onThread(this::catchUp);
        return;
      }
      if (frame.message().length > 0) {
        send(frame.message());
      }
      position = frame.position();
    }
  }

  /** At the end of what there is: says so once, and goes when the stream or the wish ends here. */
  private void arrive() {
    if (!caughtUp) {
      caughtUp = true;
      send(
          WatchResponse.newBuilder()
              .setCaughtUp(CaughtUp.newBuilder().setSequence(position))
              .build()
              .toByteArray());
    }
    if (feed.ended() && position >= feed.tail()) {
      send(
          WatchResponse.newBuilder()
              .setEnded(Ended.newBuilder().setSequence(position))
              .build()
              .toByteArray());
      complete();
    } else if (request.getStopWhenCaughtUp()) {
      complete();
    }
  }

  private void complete() {
    state = State.CLOSED;
    call.onCompleted();
  }

  /** Tells a reader that heard nothing since a moment where it stands. */
  synchronized void checkpoint(long quietSince) {
    if (state == State.LIVE && caughtUp && lastSent - quietSince < 0 && call.isReady()) {
      send(
          WatchResponse.newBuilder()
              .setCheckpoint(Checkpoint.newBuilder().setSequence(position))
              .build()
              .toByteArray());
    }
  }

  private void send(byte[] message) {
    lastSent = System.nanoTime();
    call.onNext(message);
  }

  private void catchUp() {
    var limit = new PageLimit();
    long tail = feed.tail();
    while (!goLive(tail)) {
      // Read before the reader is ready, so that one page is read while the last one travels.
      List<StoredEvent> page = events.after(stream(), position, kinds, limit.events());
      limit.learn(page);
      if (!awaitReady()) {
        return;
      }
      advance(page, page.isEmpty() ? tail : page.getLast().sequence());
      tail = feed.tail();
    }
  }

  private synchronized void sendGap(long firstSequence) {
    if (state == State.CATCHING_UP && position + 1 < firstSequence) {
      send(
          WatchResponse.newBuilder()
              .setGap(
                  Gap.newBuilder()
                      .setFirstSequence(position + 1)
                      .setLastSequence(firstSequence - 1))
              .build()
              .toByteArray());
      position = firstSequence - 1;
    }
  }

  private synchronized boolean goLive(long tail) {
    if (state == State.CATCHING_UP && (position >= tail || feed.frame(position, kinds) != null)) {
      state = State.LIVE;
      drain();
      return true;
    }
    return state == State.CLOSED;
  }

  private synchronized void advance(List<StoredEvent> page, long to) {
    if (state == State.CATCHING_UP) {
      if (!page.isEmpty()) {
        send(StoredEvent.encode(stream(), page));
      }
      position = Math.max(position, to);
    }
  }

  /** Waits until the call takes more; false when it is over. */
  private boolean awaitReady() {
    while (!call.isReady()) {
      synchronized (this) {
        if (state == State.CLOSED) {
          return false;
        }
      }
      ready.acquireUninterruptibly();
      ready.drainPermits();
    }
    synchronized (this) {
      return state == State.CATCHING_UP;
    }
  }
}
