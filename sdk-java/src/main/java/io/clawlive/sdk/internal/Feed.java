package io.clawlive.sdk.internal;

import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ConnectionChange;
import io.clawlive.sdk.ConnectionState;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.ServerFaultException;
import io.clawlive.sdk.StreamItem;
import io.clawlive.sdk.WatchOptions;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream over as many calls as it takes. The reading thread drives everything: it opens the
 * call, takes messages from the inbox, waits between tries and asks again; only {@link #close} may
 * come from elsewhere.
 *
 * <p>Invariant: {@code position} rises with every item. An event at or below it is a repetition and
 * is dropped; without a filter an event above its successor shows a hole, and then the feed asks
 * again from the position.
 *
 * @param <Q> request
 * @param <A> answer
 */
public final class Feed<Q, A> {
  private static final int HOLE_TRIES = 3;

  private final Transport transport;
  private final Source<Q, A> source;
  private final WatchOptions options;
  private final LinkedBlockingQueue<WatchCall.Signal<A>> inbox = new LinkedBlockingQueue<>();
  private final Backoff backoff = new Backoff();

  private volatile @Nullable WatchCall<Q, A> call;
  private volatile boolean closed;
  private volatile boolean done;
  private volatile long position;
  private volatile @Nullable Session session;
  private @Nullable ClawLiveException failure;
  private boolean known;
  private boolean everConnected;
  private boolean connected;
  private boolean caughtUp;
  private boolean renewed;
  private int failures;
  private int holes;
  private long openAt = System.nanoTime();
  private List<Event> events = List.of();
  private int nextEvent;
  private @Nullable WatchResponse mark;

  /** Reads from this source; nothing is sent before the first item is asked for. */
  public Feed(Transport transport, Source<Q, A> source, WatchOptions options) {
    this.transport = transport;
    this.source = source;
    this.options = options;
    this.position = options.afterSequence();
    this.known = options.tail().isEmpty();
  }

  /** The next item; null when nothing will come any more. */
  public @Nullable StreamItem next() {
    return next(Long.MAX_VALUE);
  }

  /** The next item; null when nothing will come any more or the time is over. */
  public @Nullable StreamItem next(Duration timeout) {
    return next(Math.max(0, timeout.toNanos()));
  }

  /** Whether nothing will come any more. */
  public boolean isDone() {
    return done;
  }

  /** Last sequence handed out or passed over. */
  public long position() {
    return position;
  }

  /** The session, once a replay's first message is there. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** Ends the reading; also wakes a thread that waits in {@link #next()}. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    done = true;
    inbox.add(new WatchCall.Signal<>(null, null, Status.CANCELLED, null));
    cancelCall();
  }

  private @Nullable StreamItem next(long timeoutNanos) {
    long begun = System.nanoTime();
    while (!closed) {
      StreamItem item = fromMessage();
      if (item != null) {
        return item;
      }
      ClawLiveException known = failure;
      if (known != null) {
        throw Failures.again(known);
      }
      long left =
          timeoutNanos == Long.MAX_VALUE
              ? Long.MAX_VALUE
              : timeoutNanos - (System.nanoTime() - begun);
      if (done || !await(left)) {
        return null;
      }
    }
    return null;
  }

  /** Waits for something to happen; false when the time is over. */
  private boolean await(long leftNanos) {
    long limit = leftNanos;
    if (call == null) {
      long pause = openAt - System.nanoTime();
      if (pause <= 0) {
        open();
      } else {
        limit = Math.min(limit, pause);
      }
    }
    long wait = limit;
    WatchCall.Signal<A> signal =
        Interrupts.during(() -> inbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS));
    if (signal == null) {
      return limit < leftNanos;
    }
    if (signal.from() != null && signal.from() == call) {
      handle(signal);
    }
    return true;
  }

  private void open() {
    transport.hurry();
    WatchCall<Q, A> next = new WatchCall<>(transport, source.method(), inbox);
    connected = false;
    call = next;
    next.start(source.request(position, known));
    if (closed) {
      next.cancel();
    }
  }

  private void handle(WatchCall.Signal<A> signal) {
    A message = signal.message();
    if (message == null) {
      WatchCall<Q, A> over = call;
      call = null;
      ended(signal, over);
      return;
    }
    if (!connected) {
      connected = true;
      everConnected = true;
      failures = 0;
      renewed = false;
      backoff.reset();
      change(ConnectionState.CONNECTED, null, null);
    }
    Session told = source.session(message);
    if (told != null && session == null) {
      session = told;
    }
    events = source.events(message);
    nextEvent = 0;
    mark =
        source.mark(message) == WatchResponse.MarkCase.MARK_NOT_SET ? null : source.marked(message);
    WatchCall<Q, A> open = call;
    if (open != null) {
      open.taken();
    }
  }

  private @Nullable StreamItem fromMessage() {
    while (nextEvent < events.size()) {
      Event event = events.get(nextEvent);
      long sequence = event.getSequence();
      if (isHole(sequence - 1)) {
        return hole(sequence - 1);
      }
      nextEvent++;
      if (!known || sequence > position) {
        position = sequence;
        known = true;
        holes = 0;
        return EventViews.of(event);
      }
    }
    WatchResponse marked = mark;
    mark = null;
    return marked == null ? null : item(marked);
  }

  private @Nullable StreamItem item(WatchResponse marked) {
    return switch (marked.getMarkCase()) {
      case CAUGHT_UP -> {
        long sequence = marked.getCaughtUp().getSequence();
        if (isHole(sequence)) {
          yield hole(sequence);
        }
        passTo(sequence);
        caughtUp = true;
        yield new StreamItem.CaughtUp(sequence);
      }
      case CHECKPOINT -> {
        long sequence = marked.getCheckpoint().getSequence();
        if (isHole(sequence)) {
          yield hole(sequence);
        }
        passTo(sequence);
        yield null;
      }
      case GAP -> {
        long first = Math.max(marked.getGap().getFirstSequence(), known ? position + 1 : 1);
        long last = marked.getGap().getLastSequence();
        passTo(last);
        yield first > last ? null : new StreamItem.Gap(first, last);
      }
      case ENDED -> {
        long sequence = marked.getEnded().getSequence();
        if (isHole(sequence)) {
          yield hole(sequence);
        }
        passTo(sequence);
        finish();
        yield new StreamItem.Ended(sequence);
      }
      case MARK_NOT_SET -> null;
    };
  }

  /** Whether something up to {@code sequence} should have come and did not. */
  private boolean isHole(long sequence) {
    return known && !source.mayHide() && options.kinds().isEmpty() && sequence > position;
  }

  /** Asks again. A replay has no mark for what retention removed, so there it becomes a gap. */
  private @Nullable StreamItem hole(long last) {
    long first = position + 1;
    holes++;
    if (holes <= HOLE_TRIES) {
      cancelCall();
      call = null;
      clearMessage();
      openAt = System.nanoTime();
      return null;
    }
    if (!source.hasMarks()) {
      holes = 0;
      passTo(last);
      return new StreamItem.Gap(first, last);
    }
    fail(
        new ServerFaultException(
            new ErrorDetail(
                "STREAM_HOLE",
                "The server left out events " + first + " to " + last + " of the stream.",
                Map.of("first_sequence", "" + first, "last_sequence", "" + last),
                List.of(),
                false,
                Optional.empty()),
            null));
    return null;
  }

  private void ended(WatchCall.Signal<A> signal, @Nullable WatchCall<Q, A> over) {
    Status status = signal.status();
    if (status.isOk() && source.endsByItself() && (caughtUp || !source.hasMarks())) {
      finish();
      return;
    }
    Status told =
        status.isOk() ? Status.CANCELLED.withDescription("the server ended the call") : status;
    ClawLiveException cause = Failures.of(told, signal.trailers(), transport.address());
    if (CallToken.isMendable(cause) && !renewed && over != null) {
      renew(over.token().replacement(cause));
      return;
    }
    if (cause.reason().equals("AUDIENCE_CHANGED")) {
      // The reader came into the room or left it: what it may see now follows from the position.
      Duration pause = connected ? Duration.ZERO : backoff.next(true);
      openAt = System.nanoTime() + pause.toNanos();
      change(ConnectionState.RECONNECTING, cause, pause);
      return;
    }
    failures++;
    boolean patient = everConnected || failures <= transport.options().retries();
    if (!cause.retryable() || !patient || transport.isClosed()) {
      fail(cause);
      return;
    }
    boolean reached = connected || !cause.reason().equals("NO_SERVER");
    Duration wait = cause.retryAfter().orElseGet(() -> backoff.next(reached));
    openAt = System.nanoTime() + wait.toNanos();
    change(ConnectionState.RECONNECTING, cause, wait);
  }

  /** Goes on at once with another token, if there is one. */
  private void renew(CallToken.Replacement replacement) {
    if (!replacement.found()) {
      fail(replacement.failure());
      return;
    }
    renewed = true;
    openAt = System.nanoTime();
    change(ConnectionState.RECONNECTING, replacement.failure(), Duration.ZERO);
  }

  private void passTo(long sequence) {
    if (!known || sequence > position) {
      position = sequence;
      known = true;
    }
  }

  private void finish() {
    done = true;
    cancelCall();
    change(ConnectionState.CLOSED, null, null);
  }

  private void fail(ClawLiveException cause) {
    failure = cause;
    done = true;
    cancelCall();
    clearMessage();
    change(ConnectionState.FAILED, cause, null);
  }

  private void clearMessage() {
    events = List.of();
    nextEvent = 0;
    mark = null;
  }

  private void cancelCall() {
    WatchCall<Q, A> open = call;
    if (open != null) {
      open.cancel();
    }
  }

  private void change(
      ConnectionState to, @Nullable ClawLiveException cause, @Nullable Duration retryIn) {
    options
        .onConnection()
        .accept(new ConnectionChange(to, Optional.ofNullable(cause), Optional.ofNullable(retryIn)));
  }
}
