package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.NotFoundException;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a call that first tells how something is and then every change, over as many calls
 * as it takes. A call that breaks is made again; since each begins with the present, only what lay
 * between is missed. The reading thread drives everything; only {@link #close} may come from
 * elsewhere.
 */
public final class Reports<Q, A> implements AutoCloseable {
  private final Transport transport;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final BiPredicate<A, A> isNews;
  private final LinkedBlockingQueue<WatchCall.Signal<A>> inbox = new LinkedBlockingQueue<>();
  private final Backoff backoff = new Backoff();

  private volatile @Nullable WatchCall<Q, A> call;
  private volatile boolean done;
  private @Nullable ClawLiveException failure;
  private @Nullable A last;
  private boolean renewed;
  private int failures;
  private long openAt = System.nanoTime();

  /**
   * Nothing is sent before the first answer is asked for.
   *
   * @param isNews whether the second answer tells something after the first
   */
  public Reports(
      Transport transport, MethodDescriptor<Q, A> method, Q request, BiPredicate<A, A> isNews) {
    this.transport = transport;
    this.method = method;
    this.request = request;
    this.isNews = isNews;
  }

  /** Whether nothing will come any more. */
  public boolean isDone() {
    return done;
  }

  /** The next answer; null when nothing will come any more or the time is over. */
  public @Nullable A next(Duration timeout) {
    long begun = System.nanoTime();
    long most = nanos(timeout);
    while (!done) {
      long left = most == Long.MAX_VALUE ? most : most - (System.nanoTime() - begun);
      WatchCall.Signal<A> signal = await(left);
      if (signal == null && left <= 0) {
        return null;
      }
      A answer = signal == null || signal.from() != call ? null : handle(signal);
      if (answer != null) {
        return answer;
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

  private WatchCall.@Nullable Signal<A> await(long left) {
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
    return Interrupts.during(() -> inbox.poll(wait, TimeUnit.NANOSECONDS));
  }

  private void open() {
    transport.hurry();
    WatchCall<Q, A> next = new WatchCall<>(transport, method, inbox);
    call = next;
    next.start(request);
    if (done) {
      next.cancel();
    }
  }

  private @Nullable A handle(WatchCall.Signal<A> signal) {
    WatchCall<Q, A> open = call;
    A message = signal.message();
    if (message == null || open == null) {
      call = null;
      ended(signal, open);
      return null;
    }
    open.taken();
    failures = 0;
    renewed = false;
    backoff.reset();
    A before = last;
    if (before != null && !isNews.test(before, message)) {
      return null;
    }
    last = message;
    return message;
  }

  private void ended(WatchCall.Signal<A> signal, @Nullable WatchCall<Q, A> over) {
    if (signal.status().isOk()) {
      done = true;
      return;
    }
    ClawLiveException cause = Failures.of(signal.status(), signal.trailers(), transport.address());
    if (CallToken.isMendable(cause) && !renewed && over != null) {
      CallToken.Replacement replacement = over.token().replacement(cause);
      renewed = true;
      if (!replacement.found()) {
        fail(replacement.failure());
      }
      return;
    }
    if (cause instanceof NotFoundException && last != null) {
      done = true; // It went away while the connection was lost.
      return;
    }
    failures++;
    boolean patient = last != null || failures <= transport.options().retries();
    if (!cause.retryable() || !patient || transport.isClosed()) {
      fail(cause);
      return;
    }
    Duration wait =
        cause.retryAfter().orElseGet(() -> backoff.next(!cause.reason().equals("NO_SERVER")));
    openAt = System.nanoTime() + wait.toNanos();
  }

  private void fail(ClawLiveException cause) {
    failure = cause;
    done = true;
  }

  /** Cancels the call; one thread reads, any may close. */
  @Override
  public void close() {
    done = true;
    WatchCall<Q, A> open = call;
    if (open != null) {
      open.cancel();
    }
    inbox.add(new WatchCall.Signal<>(null, null, Status.OK, null));
  }
}
