package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.UnavailableException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends one request and brings its answer, trying again where the contract makes that safe. */
public final class Unary {
  private final Transport transport;

  /** Over this connection. */
  public Unary(Transport transport) {
    this.transport = transport;
  }

  /** Calls; the future fails with a {@link ClawLiveException}. Cancelling it cancels the call. */
  public <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q request) {
    return send(method, request, Repeats.safe(method, request));
  }

  /** As {@link #call}, for a request that must not be sent twice whatever the contract says. */
  public <Q, A> CompletableFuture<A> once(MethodDescriptor<Q, A> method, Q request) {
    return send(method, request, false);
  }

  private <Q, A> CompletableFuture<A> send(
      MethodDescriptor<Q, A> method, Q request, boolean repeatable) {
    Exchange<Q, A> exchange = new Exchange<>(transport, method, request, repeatable);
    exchange.send();
    return exchange.result;
  }

  /** Waits for the answer and throws its failure as it is. */
  public static <A> A await(CompletableFuture<A> answer) {
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw Interrupts.cancelled(interrupted);
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    }
  }

  /** The failure behind a future, made anew so that its stack is that of the waiting caller. */
  static RuntimeException unwrapped(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause instanceof ClawLiveException known
        ? Failures.again(known)
        : new IllegalStateException(cause);
  }

  /** One request with its tries. */
  private static final class Exchange<Q, A> {
    private final Transport transport;
    private final MethodDescriptor<Q, A> method;
    private final Q request;
    private final boolean repeatable;
    private final Deadline deadline;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<A> result = new CompletableFuture<>();
    private CallToken token;
    private int tries;
    private boolean renewed;

    Exchange(Transport transport, MethodDescriptor<Q, A> method, Q request, boolean repeatable) {
      this.transport = transport;
      this.method = method;
      this.request = request;
      this.repeatable = repeatable;
      this.token = transport.token();
      this.deadline =
          Deadline.after(transport.options().callTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    void send() {
      tries++;
      token = transport.token();
      ClientCall<Q, A> call =
          transport.call(method, CallOptions.DEFAULT.withDeadline(deadline), token);
      result.whenComplete((answer, failure) -> {
        if (failure instanceof CancellationException) {
          call.cancel("cancelled by the caller", null);
        }
      });
      call.start(new Listener(), new Metadata());
      call.request(1);
      call.sendMessage(request);
      call.halfClose();
    }

    private void failed(ClawLiveException failure) {
      if (CallToken.isMendable(failure) && !renewed && !result.isDone()) {
        // It was refused before anything was done, so it may be sent again whatever it is.
        renewed = true;
        token.replace(failure, this::replaced);
        return;
      }
      boolean again =
          failure instanceof UnavailableException
              && failure.retryable()
              && tries <= transport.options().retries()
              && !result.isDone()
              && repeatable;
      Duration wait = failure.retryAfter().orElseGet(() -> backoff.next(false));
      if (!again || deadline.timeRemaining(TimeUnit.NANOSECONDS) <= wait.toNanos()) {
        result.completeExceptionally(failure);
        return;
      }
      Timer.after(
          wait,
          () -> {
            transport.hurry();
            send();
          });
    }

    private void replaced(CallToken.Replacement replacement) {
      if (replacement.found()) {
        send();
      } else {
        result.completeExceptionally(replacement.failure());
      }
    }

    private final class Listener extends ClientCall.Listener<A> {
      private @Nullable A answer;

      @Override
      public void onMessage(A message) {
        answer = message;
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        if (status.isOk() && answer != null) {
          result.complete(answer);
        } else if (status.isOk()) {
          failed(
              Failures.of(Status.INTERNAL.withDescription("no answer"), null, transport.address()));
        } else {
          failed(Failures.of(status, trailers, transport.address()));
        }
      }
    }
  }
}
