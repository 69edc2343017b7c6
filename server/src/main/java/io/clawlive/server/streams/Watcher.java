package io.clawlive.server.streams;

import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.Checkpoint;
import io.clawlive.streams.v1.Ended;
import io.clawlive.streams.v1.Gap;
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
  private static final int PAGE_EVENTS = 1_000;
  private static final byte[] NOTHING = {};

  /** What a watcher is doing. */
  private enum State {
    CATCHING_UP,
    LIVE,
    CLOSED
  }

  private final EventFeed feed;
  private final EventKinds kinds;
  private final boolean stopWhenCaughtUp;
  private final ServerCallStreamObserver<byte[]> call;
  private final EventReadRepository events;
  private final Semaphore ready = new Semaphore(0);
  private final long firstSequence;
  private final long storedWhenAsked;
  private State state = State.CATCHING_UP;
  private long position;
  private boolean caughtUp;
  private long lastSent = System.nanoTime();

  Watcher(
      EventFeed feed,
      ServerCallStreamObserver<byte[]> call,
      EventReadRepository events,
      WatchPlan plan) {
    this.feed = feed;
    this.call = call;
    this.events = events;
    this.kinds = plan.kinds();
    this.stopWhenCaughtUp = plan.stopWhenCaughtUp();
    this.position = plan.position();
    this.firstSequence = plan.firstSequence();
    this.storedWhenAsked = plan.lastSequence();
  }

  UUID stream() {
    return feed.stream();
  }

  /** Begins to send. */
  void start() {
    Thread.startVirtualThread(this::catchUp);
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
      if (position >= tail()) {
        arrive();
        return;
      }
      EventFeed.Frame frame = feed.frame(position, kinds);
      if (frame == null) {
        state = State.CATCHING_UP;
        caughtUp = false;
        start();
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
    } else if (stopWhenCaughtUp) {
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
    try {
      sendGap();
      while (awaitReady()) {
        long tail = refreshTail();
        if (goLive(tail)) {
          return;
        }
        List<StoredEvent> page = events.after(stream(), position, kinds, PAGE_EVENTS);
        advance(page, page.isEmpty() ? tail : page.getLast().sequence());
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Where the stream ends by now: what the feed heard, or, before its first news, the table. */
  private long refreshTail() {
    if (feed.tail() == 0) {
      events.state(stream()).ifPresent(s -> feed.advanced(s.lastSequence(), s.ended()));
    }
    return tail();
  }

  /** The feed may not have heard yet of what another server stored before the reader asked. */
  private long tail() {
    return Math.max(feed.tail(), storedWhenAsked);
  }

  private synchronized void sendGap() {
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
        send(StoredEvent.encode(stream(), page, NOTHING));
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
