package io.clawlive.sdk.internal;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one call that gives many, as they come. It is not made again when it breaks: what
 * it does, it has done as far as it told.
 */
public final class Answers<Q, A> implements Iterator<A>, AutoCloseable {
  private final Transport transport;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final LinkedBlockingQueue<WatchCall.Signal<A>> inbox = new LinkedBlockingQueue<>();
  private @Nullable WatchCall<Q, A> call;
  private @Nullable A ahead;
  private boolean over;

  /** Nothing is sent before the first answer is asked for. */
  public Answers(Transport transport, MethodDescriptor<Q, A> method, Q request) {
    this.transport = transport;
    this.method = method;
    this.request = request;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !over) {
      WatchCall<Q, A> open = call == null ? open() : call;
      WatchCall.Signal<A> signal = Interrupts.during(inbox::take);
      ahead = signal.message();
      if (ahead == null) {
        over = true;
        if (!signal.status().isOk()) {
          throw Failures.of(signal.status(), signal.trailers(), transport.address());
        }
      } else {
        open.taken();
      }
    }
    return ahead != null;
  }

  @Override
  public A next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException("there are no more answers");
    }
    A answer = ahead;
    ahead = null;
    return answer;
  }

  private WatchCall<Q, A> open() {
    WatchCall<Q, A> opened = new WatchCall<>(transport, method, inbox);
    call = opened;
    opened.start(request);
    return opened;
  }

  /** Cancels the call; one thread reads, any may close. */
  @Override
  public void close() {
    over = true;
    WatchCall<Q, A> open = call;
    if (open != null) {
      open.cancel();
    }
    inbox.add(new WatchCall.Signal<>(null, null, Status.OK, null));
  }
}
