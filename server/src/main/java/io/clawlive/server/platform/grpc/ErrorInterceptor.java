package io.clawlive.server.platform.grpc;

import io.clawlive.errors.v1.ErrorReason;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** Ends a call with the one answer of {@link ErrorAnswers}, whatever goes wrong below. */
@Singleton
@Order(Interceptors.ERRORS)
final class ErrorInterceptor implements ServerInterceptor {
  private final ErrorAnswers answers;

  ErrorInterceptor(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    var guarded = new GuardedCall<>(call);
    try {
      return new GuardedListener<>(guarded, next.startCall(guarded, headers));
    } catch (RuntimeException e) {
      guarded.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private final class GuardedCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private volatile boolean closed;

    GuardedCall(ServerCall<Q, S> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        closeOnce(status, trailers);
      } else if (status.getCause() instanceof RuntimeException cause) {
        fail(cause);
      } else if (status.getCode() == Status.Code.INTERNAL) {
        // So gRPC's own code ends a call whose caller sent no message where one is due, or two.
        fail(
            Refusal.of(
                ErrorReason.ERROR_REASON_INVALID_FIELD,
                "This RPC takes exactly one request message."));
      } else if (status.getCode() == Status.Code.UNKNOWN) {
        fail(status.asRuntimeException());
      } else {
        closeOnce(status, trailers);
      }
    }

    void fail(RuntimeException e) {
      StatusRuntimeException answer = answers.of(e, getMethodDescriptor().getFullMethodName());
      var trailers = answer.getTrailers();
      closeOnce(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private synchronized void closeOnce(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }

  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ErrorInterceptor.GuardedCall<Q, ?> call;

    GuardedListener(ErrorInterceptor.GuardedCall<Q, ?> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable step) {
      if (call.closed) {
        // Answered already: what the caller still sends reaches nobody.
        return;
      }
      try {
        step.run();
      } catch (RuntimeException e) {
        call.fail(e);
      }
    }
  }
}
