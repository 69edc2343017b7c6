package io.clawlive.server.platform.grpc;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.errors.v1.ErrorRule;
import io.clawlive.server.platform.postgres.PostgresErrors;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever goes wrong below into one answer of the contract: a status with an {@link
 * ErrorInfo}. A {@link Refusal} says its reason itself; anything else is a fault of ours, which the
 * caller sees as an incident id and the log sees whole.
 */
@Singleton
@Order(Interceptors.ERRORS)
final class ErrorInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);
  private static final String DOMAIN = "clawlive";

  private final MeterRegistry meters;

  ErrorInterceptor(MeterRegistry meters) {
    this.meters = meters;
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
      StatusRuntimeException answer = answer(e, getMethodDescriptor().getFullMethodName());
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

  /** The answer that tells of a failure. */
  StatusRuntimeException answer(RuntimeException failure, String method) {
    Refusal refusal = failure instanceof Refusal r ? r : refusal(failure, method);
    ErrorRule rule = rule(refusal.reason());
    String reason = refusal.reason().name().substring("ERROR_REASON_".length());
    meters.counter("clawlive.errors", "code", reason).increment();
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(rule.getCodeValue())
            .setMessage(refusal.getMessage())
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .putAllMetadata(refusal.metadata())
                        .putMetadata("remedy", rule.getRemedy())
                        .build()));
    if (refusal.violations() != null) {
      status.addDetails(Any.pack(refusal.violations()));
    }
    if (refusal.retryAfter() != null) {
      var delay =
          com.google.protobuf.Duration.newBuilder()
              .setSeconds(refusal.retryAfter().getSeconds())
              .setNanos(refusal.retryAfter().getNano());
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /** What a failure below means: PostgreSQL may be away, anything else is a fault of ours. */
  private static Refusal refusal(RuntimeException failure, String method) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && PostgresErrors.isTransient(e)) {
        return Refusal.of(
            ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
            "PostgreSQL does not answer; nothing of this call was acknowledged.");
      }
    }
    return fault(failure, method);
  }

  private static Refusal fault(RuntimeException failure, String method) {
    String incident = UUID.randomUUID().toString();
    LOG.error("incident {} in {}", incident, method, failure);
    return Refusal.of(
        ErrorReason.ERROR_REASON_INTERNAL,
        "The server failed on this call; its log tells why under incident " + incident + ".",
        "incident",
        incident);
  }

  /** What the contract says of a reason. */
  static ErrorRule rule(ErrorReason reason) {
    return reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
  }
}
