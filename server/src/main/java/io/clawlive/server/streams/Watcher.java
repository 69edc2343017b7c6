package io.clawlive.server.streams;

import io.clawlive.server.identity.Caller;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A position on a stream, and nothing that grows.
 *
 * <p>A watcher either stands at the live end, where the feed's passes write to it while its sink is
 * ready, or it catches up: a virtual thread reads pages from the table, one at a time, each when
 * the sink is ready for it. Who stops reading at the live end falls behind the feed's memory and
 * catches up once it reads again.
 */
final class Watcher implements Watch {

  /** What a watcher is doing. */
  private enum State {
    CATCHING_UP,
    LIVE,
    CLOSED
  }

  private final EventFeed feed;
  private final WatchPlan plan;
  private final Eyes eyes;
  private final WatchSink sink;
  private final EventReadRepository events;
  private final StreamStates states;
  private final Consumer<Watcher> gone;
  private final Semaphore ready = new Semaphore(0);
  private State state = State.CATCHING_UP;
  private long position;
  private boolean caughtUp;
  private long lastSent = System.nanoTime();

  Watcher(
      EventFeed feed,
      WatchPlan plan,
      Eyes eyes,
      WatchSink sink,
      EventReadRepository events,
      StreamStates states,
      Consumer<Watcher> gone) {
    this.feed = feed;
    this.plan = plan;
    this.eyes = eyes;
    this.sink = sink;
    this.events = events;
    this.states = states;
    this.gone = gone;
  }

  UUID stream() {
    return feed.stream();
  }

  Eyes eyes() {
    return eyes;
  }

  Caller caller() {
    return plan.caller();
  }

  /**
   * Begins to send. The feed already hears what is committed here, so what the table says now and
   * what the feed hears from now on leave no hole between them.
   */
  void start() {
    onThread(() -> {
      StreamState stored =
          states.of(stream()).orElseThrow(() -> StreamErrors.notFound(stream().toString()));
      position = plan.start(stored);
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

  @Override
  public synchronized long position() {
    return position;
  }

  @Override
  public void onReady() {
    ready.release();
    drain();
  }

  /** The reader has gone. */
  @Override
  public void close() {
    synchronized (this) {
      state = State.CLOSED;
      ready.release();
    }
    gone.accept(this);
  }

  /** Ends with a refusal. */
  synchronized void fail(RuntimeException reason) {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      ready.release();
      sink.fail(reason);
    }
  }

  /** Sends what the feed holds, as long as the sink takes it. Does nothing while catching up. */
  synchronized void drain() {
    while (state == State.LIVE) {
      if (position >= feed.tail()) {
        arrive();
        return;
      }
      if (!sink.isReady()) {
        return;
      }
      EventFeed.Frame frame = feed.frame(position, plan.kinds(), eyes);
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
      if (!sink.isReady()) {
        return;
      }
      caughtUp = true;
      lastSent = System.nanoTime();
      sink.caughtUp(position);
    }
    if (feed.ended() && position >= feed.tail()) {
      state = State.CLOSED;
      sink.ended(position);
    } else if (plan.stopWhenCaughtUp()) {
      state = State.CLOSED;
      sink.complete();
    }
  }

  /** Tells a reader that heard nothing since a moment where it stands. */
  synchronized void checkpoint(long quietSince) {
    if (state == State.LIVE && caughtUp && lastSent - quietSince < 0 && sink.isReady()) {
      lastSent = System.nanoTime();
      sink.checkpoint(position);
    }
  }

  private void send(byte[] message) {
    lastSent = System.nanoTime();
    sink.events(message);
  }

  private void catchUp() {
    var limit = new PageLimit();
    long tail = feed.tail();
    while (!goLive(tail)) {
      // Read before the reader is ready, so that one page is read while the last one travels.
      List<StoredEvent> page = events.after(stream(), position, plan.kinds(), limit.events());
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
      lastSent = System.nanoTime();
      sink.gap(position + 1, firstSequence - 1);
      position = firstSequence - 1;
    }
  }

  private synchronized boolean goLive(long tail) {
    if (state == State.CATCHING_UP
        && (position >= tail || feed.frame(position, plan.kinds(), eyes) != null)) {
      state = State.LIVE;
      drain();
      return true;
    }
    return state == State.CLOSED;
  }

  private synchronized void advance(List<StoredEvent> page, long to) {
    if (state == State.CATCHING_UP) {
      List<StoredEvent> seen = EventProjection.show(stream(), page, eyes);
      if (!seen.isEmpty()) {
        send(StoredEvent.encode(stream(), seen));
      }
      position = Math.max(position, to);
    }
  }

  /** Waits until the call takes more; false when it is over. */
  private boolean awaitReady() {
    while (!sink.isReady()) {
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
