package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.UnavailableException;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a process does, over as many calls as it takes. A call that breaks is followed by one that
 * attaches from the position of the last event that was handed out. The reading thread drives
 * everything; only {@link #close} may come from elsewhere.
 *
 * <p>A start whose answer is lost may have happened or not. Under a tag that was made here it is
 * looked for by that tag and only started again where it is not found; under a tag of the caller's,
 * which an earlier process may have had, the loss is told.
 */
public final class ProcessFeed implements AutoCloseable {
  private static final String OWN_TAG = "run-";

  private final Transport transport;
  private final ProcessOpening opening;
  private final String sandboxId;
  private final @Nullable StartProcessRequest start;
  private final LinkedBlockingQueue<ProcessCall.Signal> inbox = new LinkedBlockingQueue<>();
  private final Backoff backoff = new Backoff();

  private volatile @Nullable ProcessCall<?, ?> call;
  private volatile boolean done;
  private volatile long position;
  private volatile @Nullable ProcessStarted started;
  private volatile @Nullable ProcessExited exited;
  private String process;
  private boolean starts;
  private boolean unsure;
  private @Nullable ClawLiveException failure;
  private boolean renewed;
  private int failures;
  private long openAt = System.nanoTime();

  private ProcessFeed(
      Transport transport,
      ProcessOpening opening,
      String sandboxId,
      @Nullable StartProcessRequest start,
      String process,
      long position) {
    this.transport = transport;
    this.opening = opening;
    this.sandboxId = sandboxId;
    this.start = start;
    this.starts = start != null;
    this.process = process;
    this.position = position;
  }

  /** Of a process that is to be started; without a tag it gets one. */
  public static ProcessFeed start(Transport transport, StartProcessRequest request) {
    return start(transport, new ProcessOpening.Told(transport), request);
  }

  /** Of a process that is there: its pid or tag, and what is not wanted any more. */
  public static ProcessFeed attach(
      Transport transport, String sandboxId, String process, long position) {
    return new ProcessFeed(
        transport, new ProcessOpening.Told(transport), sandboxId, null, process, position);
  }

  /** Of a terminal that is to be started. */
  public static ProcessFeed start(
      Transport transport, TerminalKeys keys, StartProcessRequest request) {
    return start(transport, new ProcessOpening.Typed(transport, keys), request);
  }

  /** Of a terminal that is there. */
  public static ProcessFeed attach(
      Transport transport, TerminalKeys keys, String sandboxId, String process, long position) {
    return new ProcessFeed(
        transport, new ProcessOpening.Typed(transport, keys), sandboxId, null, process, position);
  }

  private static ProcessFeed start(
      Transport transport, ProcessOpening opening, StartProcessRequest request) {
    StartProcessRequest tagged =
        request.getTag().isEmpty()
            ? request.toBuilder()
                .setTag(OWN_TAG + UUID.randomUUID().toString().substring(24))
                .build()
            : request;
    return new ProcessFeed(transport, opening, request.getSandboxId(), tagged, tagged.getTag(), 0);
  }

  /**
   * Waits until the process has begun.
   *
   * @throws UnavailableException with reason TIMEOUT when nothing is told within the call timeout
   */
  public ProcessStarted begun() {
    Duration limit = transport.options().callTimeout();
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      ProcessStarted known = started;
      if (known != null) {
        return known;
      }
      ClawLiveException failed = failure;
      if (failed != null) {
        throw Failures.again(failed);
      }
      long left = end - System.nanoTime();
      if (left <= 0 || done) {
        close();
        throw new UnavailableException(
            ErrorDetail.of(
                "TIMEOUT",
                "The server at %s told nothing of the process within %d s."
                    .formatted(transport.address(), limit.toSeconds()),
                true),
            null);
      }
      ProcessEvent unused = step(left);
    }
  }

  /** Whether nothing will come any more. */
  public boolean isDone() {
    return done;
  }

  /** Bytes that were handed out or are not wanted. */
  public long position() {
    return position;
  }

  /** How it ended; null while that was not told. */
  public @Nullable ProcessExited exited() {
    return exited;
  }

  /** What it wrote next, or how it ended; null when nothing will come or the time is over. */
  public @Nullable ProcessEvent next(Duration timeout) {
    long most = nanos(timeout);
    long begun = System.nanoTime();
    while (!done) {
      long left = most == Long.MAX_VALUE ? most : most - (System.nanoTime() - begun);
      boolean last = left <= 0;
      ProcessEvent event = step(left);
      if (event != null) {
        return event;
      }
      if (last && inbox.isEmpty()) {
        return null;
      }
    }
    ClawLiveException known = failure;
    if (known != null) {
      throw Failures.again(known);
    }
    return null;
  }

  private static long nanos(Duration timeout) {
    try {
      return Math.max(0, timeout.toNanos());
    } catch (ArithmeticException forEver) {
      return Long.MAX_VALUE;
    }
  }

  /** Opens a call where there is none, and takes one signal if it comes within the time. */
  private @Nullable ProcessEvent step(long left) {
    long limit = Math.max(0, left);
    if (call == null) {
      long pause = openAt - System.nanoTime();
      if (pause <= 0) {
        open();
      } else {
        limit = Math.min(limit, pause);
      }
    }
    long wait = limit;
    ProcessCall.Signal signal = Interrupts.during(() -> inbox.poll(wait, TimeUnit.NANOSECONDS));
    return signal == null || signal.from() == null || signal.from() != call ? null : handle(signal);
  }

  private void open() {
    transport.hurry();
    StartProcessRequest request = start;
    ProcessCall<?, ?> next =
        starts && request != null
            ? opening.start(request, inbox)
            : opening.attach(sandboxId, process, position, inbox);
    call = next;
    if (done) {
      next.cancel();
    }
  }

  private @Nullable ProcessEvent handle(ProcessCall.Signal signal) {
    ProcessCall<?, ?> open = call;
    ProcessEvent event = signal.event();
    if (event == null || open == null) {
      call = null;
      ended(signal, open);
      return null;
    }
    open.taken();
    failures = 0;
    renewed = false;
    backoff.reset();
    return switch (event.getEventCase()) {
      case STARTED -> {
        begins(event.getStarted());
        yield null;
      }
      case STDOUT, STDERR, TERMINAL -> {
        position = event.getPosition();
        yield event;
      }
      case EXITED -> {
        position = event.getPosition();
        exited = event.getExited();
        finish();
        yield event;
      }
      case KEEPALIVE, EVENT_NOT_SET -> null;
    };
  }

  private void begins(ProcessStarted now) {
    starts = false;
    if (started == null) {
      started = now;
      if (start == null || !start.getTag().startsWith(OWN_TAG)) {
        // A tag may be given again once its process has ended; a pid comes again much later.
        process = Integer.toUnsignedString(now.getPid());
      }
    }
    if (opening instanceof ProcessOpening.Typed typed) {
      typed.keys().begun(process);
    }
  }

  private void ended(ProcessCall.Signal signal, @Nullable ProcessCall<?, ?> over) {
    Status status =
        signal.status().isOk()
            ? Status.CANCELLED.withDescription("the server ended the call")
            : signal.status();
    ClawLiveException cause = Failures.of(status, signal.trailers(), transport.address());
    if (CallToken.isMendable(cause) && !renewed && over != null) {
      CallToken.Replacement replacement = over.token().replacement(cause);
      renewed = true;
      if (!replacement.found()) {
        fail(replacement.failure());
      }
      return;
    }
    if (looksElsewhere(cause)) {
      return;
    }
    failures++;
    boolean patient = started != null || failures <= transport.options().retries();
    if (!cause.retryable() || !patient || transport.isClosed()) {
      fail(cause);
      return;
    }
    if (starts && !cause.reason().equals("NO_SERVER")) {
      StartProcessRequest request = start;
      if (request != null && !request.getTag().startsWith(OWN_TAG)) {
        fail(cause);
        return;
      }
      unsure = true;
      starts = false;
    }
    Duration wait =
        cause.retryAfter().orElseGet(() -> backoff.next(!cause.reason().equals("NO_SERVER")));
    openAt = System.nanoTime() + wait.toNanos();
  }

  /** After a lost start: what was not found is started again, what is there is gone on with. */
  private boolean looksElsewhere(ClawLiveException cause) {
    if (!unsure || started != null) {
      return false;
    }
    if (!starts && cause.reason().equals("PROCESS_NOT_FOUND")) {
      starts = true;
      return true;
    }
    if (starts && cause.reason().equals("PROCESS_TAG_TAKEN")) {
      starts = false;
      return true;
    }
    return false;
  }

  private void fail(ClawLiveException cause) {
    failure = cause;
    finish();
  }

  private void finish() {
    done = true;
    if (opening instanceof ProcessOpening.Typed typed) {
      typed.keys().close();
    }
  }

  /** Cancels the call; the process runs on. One thread reads, any may close. */
  @Override
  public void close() {
    finish();
    ProcessCall<?, ?> open = call;
    if (open != null) {
      open.cancel();
    }
    inbox.add(new ProcessCall.Signal(null, null, Status.OK, null));
  }
}
