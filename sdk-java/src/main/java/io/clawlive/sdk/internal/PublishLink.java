package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ConnectionChange;
import io.clawlive.sdk.ConnectionState;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.UnavailableException;
import io.clawlive.streams.v1.Event;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one publisher: what is numbered, on its way and committed, and the call it goes
 * through.
 *
 * <p>There is no sending thread. Whoever makes sending possible sends: the caller that adds an
 * event while nothing is on its way, or the connection's thread when an answer makes room. One lock
 * guards everything; listeners run after it is released.
 *
 * <p>Invariant: an event leaves the outbox only when a number at or above its own came back as
 * committed, on the same call or in the next call's {@code opened}.
 */
public final class PublishLink {
  // The contract's 1 MiB, less room for the message around the events.
  private static final int MAX_BATCH_BYTES = (1 << 20) - 4_096;
  private static final int ENVELOPE_BYTES = 32;
  private static final Duration PERSIST_WITHIN = Duration.ofMillis(100);
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final Transport transport;
  private final String streamId;
  private final PublisherOptions options;
  private final Numbering numbering;
  private final Outbox outbox;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Notices notices = new Notices();
  private final FlushWaiters waiters = new FlushWaiters();
  private final Backoff backoff = new Backoff();
  private final Pacing pacing;

  private ConnectionState state = ConnectionState.CONNECTING;
  private @Nullable PublishCall call;
  private @Nullable ClawLiveException failure;
  private long committed;
  private long dropped;
  private boolean closing;
  private boolean persistArmed;
  private boolean renewed;

  /** For one stream. Opens the spool, if there is one, and does not connect yet. */
  public PublishLink(Transport transport, String streamId, PublisherOptions options) {
    this.transport = transport;
    this.streamId = streamId;
    this.options = options;
    this.pacing = new Pacing(options, this::lingered);
    if (options.spool().isPresent()) {
      SpoolOutbox spool = SpoolOutbox.open(options.spool().get(), streamId, options);
      this.outbox = spool;
      this.numbering = spool.numbering();
    } else {
      this.outbox = new MemoryOutbox(options.maxBufferedEvents(), options.maxBufferedBytes());
      this.numbering = Numbering.inMemory(options.producerId());
    }
  }

  /** Begins to connect. */
  public void connect() {
    lock.lock();
    try {
      if (state != ConnectionState.CLOSED && failure == null) {
        transport.hurry();
        PublishCall next = new PublishCall(this, transport);
        call = next;
        next.start(streamId, numbering.producerId());
      }
    } finally {
      unlock();
    }
  }

  /** Numbers, keeps and if possible sends an event that fulfils the contract's rules. */
  public long publish(Event event) {
    Event.Builder numbered = event.toBuilder();
    if (!event.hasOccurredAt()) {
      numbered.setOccurredAt(Times.now());
    }
    lock.lock();
    try {
      makeRoom(event.getSerializedSize() + ENVELOPE_BYTES);
      long number = numbering.peek();
      outbox.add(numbered.setProducerSequence(number).build());
      numbering.used(number);
      pump();
      armPersist();
      return number;
    } finally {
      unlock();
    }
  }

  /** Completes when everything numbered so far is settled. */
  public CompletableFuture<Void> flushed() {
    // Dependents must not run on the connection's thread, where a waiting one would stop it.
    return settled().thenRunAsync(() -> {});
  }

  /** Waits for {@link #flushed}. */
  public void flush(Duration timeout) {
    try {
      settled().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw PublishFailures.late(pending(), timeout, transport.address(), state(), late);
    } catch (InterruptedException interrupted) {
      throw Interrupts.cancelled(interrupted);
    } catch (ExecutionException failed) {
      throw Unary.unwrapped(failed);
    }
  }

  /** Name of the numbering. */
  public String producerId() {
    return numbering.producerId();
  }

  /** Highest committed number. */
  public long committed() {
    return read(() -> committed);
  }

  /** Events not committed. */
  public long pending() {
    return read(outbox::size);
  }

  /** Events given up. */
  public long dropped() {
    return read(() -> dropped);
  }

  /** How the connection stands. */
  public ConnectionState state() {
    lock.lock();
    try {
      return state;
    } finally {
      unlock();
    }
  }

  /** Flushes and ends. A second call does nothing. */
  public void close() {
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      changed.signalAll();
    } finally {
      unlock();
    }
    try {
      if (pending() > 0) {
        flush(options.closeTimeout());
      }
      sayGoodbye();
    } catch (UnavailableException late) {
      if (options.spool().isEmpty()) {
        throw late;
      }
      // What is left waits on disk for the next publisher with this spool.
    } finally {
      release();
    }
  }

  void onReady(PublishCall from) {
    lock.lock();
    try {
      if (from == call) {
        pump();
      }
    } finally {
      unlock();
    }
  }

  void onOpened(PublishCall from, long number, Runnable mark) {
    lock.lock();
    try {
      if (from != call) {
        return;
      }
      if (!numbering.startAbove(number)) {
        fail(PublishFailures.producerShared(numbering.producerId(), number));
        return;
      }
      mark.run();
      renewed = false;
      settle(number);
      if (outbox.unsent() == 0) {
        backoff.reset();
      }
      // Whoever waited for the numbering can go on, even where nothing was settled.
      changed.signalAll();
      change(ConnectionState.CONNECTED, null, null);
      pump();
    } finally {
      unlock();
    }
  }

  void onCommitted(PublishCall from, long number, Runnable mark) {
    lock.lock();
    try {
      if (from == call) {
        mark.run();
        backoff.reset();
        settle(number);
        pump();
      }
    } finally {
      unlock();
    }
  }

  void onClose(PublishCall from, Status status, Metadata trailers) {
    lock.lock();
    try {
      if (from != call) {
        return;
      }
      call = null;
      outbox.rewind();
      if (closing && outbox.size() == 0) {
        changed.signalAll();
        return;
      }
      ClawLiveException cause = cause(status, trailers);
      if (CallToken.isMendable(cause) && !renewed) {
        renewed = true;
        outbox.persist();
        from.token().replace(cause, this::replaced);
      } else if (!cause.retryable()) {
        fail(cause);
      } else {
        reconnectLater(cause, from.isOpened());
      }
    } finally {
      unlock();
    }
  }

  /** Goes on at once with another token, if there is one. */
  private void replaced(CallToken.Replacement replacement) {
    lock.lock();
    try {
      if (state == ConnectionState.CLOSED || failure != null) {
        return;
      }
      if (!replacement.found()) {
        fail(replacement.failure());
        return;
      }
      change(ConnectionState.RECONNECTING, replacement.failure(), Duration.ZERO);
      connect();
    } finally {
      unlock();
    }
  }

  private ClawLiveException cause(Status status, Metadata trailers) {
    if (transport.isClosed()) {
      return PublishFailures.clientClosed();
    }
    return Failures.of(
        status.isOk() ? Status.CANCELLED.withDescription("the server ended the call") : status,
        trailers,
        transport.address());
  }

  private void reconnectLater(ClawLiveException cause, boolean opened) {
    boolean reached = opened || !cause.reason().equals("NO_SERVER");
    Duration wait = cause.retryAfter().orElseGet(() -> backoff.next(reached));
    change(ConnectionState.RECONNECTING, cause, wait);
    outbox.persist();
    Timer.after(wait, this::connect);
  }

  private void fail(ClawLiveException cause) {
    failure = cause;
    PublishCall open = call;
    call = null;
    if (open != null) {
      open.cancel();
    }
    outbox.rewind();
    outbox.persist();
    waiters.fail(cause, notices);
    changed.signalAll();
    change(ConnectionState.FAILED, cause, null);
  }

  private void settle(long number) {
    if (number > committed) {
      committed = number;
      outbox.committed(number);
      notices.add(() -> options.onCommitted().accept(number));
      waiters.settle(outbox.first(), notices);
      changed.signalAll();
    }
  }

  private void pump() {
    PublishCall open = call;
    if (open == null || !open.isOpened()) {
      return;
    }
    boolean hurry = closing || !waiters.isEmpty();
    while (pacing.isDue(outbox, open.inFlight(), hurry) && open.isReady()) {
      List<Event> batch = outbox.take(options.maxBatchEvents(), MAX_BATCH_BYTES);
      if (batch.isEmpty()) {
        return;
      }
      outbox.persist();
      open.send(batch);
      pacing.sent();
    }
  }

  private void lingered() {
    lock.lock();
    try {
      pacing.lingered();
      pump();
    } finally {
      unlock();
    }
  }

  private void armPersist() {
    if (options.spool().isPresent() && !persistArmed && outbox.unsent() > 0) {
      persistArmed = true;
      Timer.after(PERSIST_WITHIN, this::persist);
    }
  }

  private void persist() {
    lock.lock();
    try {
      persistArmed = false;
      if (state != ConnectionState.CLOSED) {
        outbox.persist();
      }
    } finally {
      unlock();
    }
  }

  private void makeRoom(int bytes) {
    while (true) {
      ensureUsable();
      boolean numbered = numbering.isKnown();
      if (numbered && outbox.fits(bytes)) {
        return;
      }
      if (numbered && makeRoomNow()) {
        continue;
      }
      waitForChange();
    }
  }

  /** Applies the overflow rule; false means that the caller has to wait. */
  private boolean makeRoomNow() {
    return switch (options.overflow()) {
      case BLOCK -> false;
      case DROP_OLDEST -> {
        long given = outbox.dropOldest();
        dropped += given;
        waiters.settle(outbox.first(), notices);
        yield given > 0;
      }
      case FAIL -> throw PublishFailures.bufferFull(outbox.size(), transport.address(), state);
    };
  }

  private void ensureUsable() {
    ClawLiveException known = failure;
    if (known != null) {
      throw Failures.again(known);
    }
    if (closing) {
      throw PublishFailures.closed();
    }
  }

  private void waitForChange() {
    if (notices.isRunning()) {
      throw new IllegalStateException(
          "a listener of the publisher must not wait for room in its buffer");
    }
    outbox.persist();
    Interrupts.during(() -> changed.awaitNanos(Long.MAX_VALUE));
  }

  private CompletableFuture<Void> settled() {
    lock.lock();
    try {
      long last = numbering.last();
      if (outbox.first() > last) {
        return CompletableFuture.completedFuture(null);
      }
      ClawLiveException known = failure;
      if (known != null) {
        return CompletableFuture.failedFuture(known);
      }
      CompletableFuture<Void> done = waiters.add(last);
      pump();
      return done;
    } finally {
      unlock();
    }
  }

  /** Ends the call in good order, so that the server sees an end and not a broken line. */
  private void sayGoodbye() {
    lock.lock();
    try {
      PublishCall open = call;
      if (open == null || !open.isOpened()) {
        return;
      }
      open.halfClose();
      long left = GOODBYE.toNanos();
      while (call == open && left > 0) {
        long remaining = left;
        left = Interrupts.during(() -> changed.awaitNanos(remaining));
      }
    } finally {
      unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      PublishCall open = call;
      call = null;
      if (open != null) {
        open.cancel();
      }
      change(ConnectionState.CLOSED, null, null);
      changed.signalAll();
      outbox.close();
    } finally {
      unlock();
    }
  }

  private void change(
      ConnectionState to, @Nullable ClawLiveException cause, @Nullable Duration retryIn) {
    state = to;
    ConnectionChange told =
        new ConnectionChange(to, Optional.ofNullable(cause), Optional.ofNullable(retryIn));
    notices.add(() -> options.onConnection().accept(told));
  }

  private long read(LongSupplier value) {
    lock.lock();
    try {
      return value.getAsLong();
    } finally {
      unlock();
    }
  }

  private void unlock() {
    lock.unlock();
    if (!lock.isHeldByCurrentThread()) {
      notices.run();
    }
  }
}
