package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Lockout;
import io.clawlive.policy.v1.Policy;
import io.clawlive.server.platform.grpc.Attempts.Admission;
import io.clawlive.server.platform.grpc.Attempts.Rule;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Stops guessing: applies the lock-out of a policy to the first message of a call. */
@Singleton
@Order(Interceptors.LOCKOUT)
final class LockoutInterceptor implements ServerInterceptor {
  /** When to try again while others with the same key are being checked. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Attempts attempts;

  LockoutInterceptor(Attempts attempts) {
    this.attempts = attempts;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Optional<Lockout> lockout =
        Policies.of(call.getMethodDescriptor()).filter(Policy::hasLockout).map(Policy::getLockout);
    if (lockout.isEmpty()) {
      return next.startCall(call, headers);
    }
    var watched = new WatchedCall<>(call, lockout.get());
    return new WatchedListener<>(watched, next.startCall(watched, headers));
  }

  /** A call whose end is told to whoever counts the attempts. */
  private final class WatchedCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private final Lockout lockout;
    private final Rule rule;
    private final String attempt = UUID.randomUUID().toString();
    private String key = "";
    private boolean begun;
    private boolean ended;

    WatchedCall(ServerCall<Q, S> call, Lockout lockout) {
      super(call);
      this.lockout = lockout;
      this.rule =
          new Rule(
              lockout.getFailures(),
              Duration.ofSeconds(lockout.getWindow().getSeconds()),
              Duration.ofSeconds(lockout.getDuration().getSeconds()));
    }

    synchronized void begin(Message request) {
      if (begun) {
        return;
      }
      String name = RequestFields.read(request, lockout.getField()).toLowerCase(Locale.ROOT);
      key =
          getMethodDescriptor().getFullMethodName()
              + ' '
              + name
              + ' '
              + CallerAddress.counted(this);
      switch (attempts.begin(rule, key, attempt)) {
        case Admission.Admitted() -> begun = true;
        case Admission.Crowded() -> throw crowded(rule);
        case Admission.Locked(Duration remaining) -> throw locked(rule, remaining);
      }
    }

    synchronized void end(boolean failed) {
      if (begun && !ended) {
        ended = true;
        attempts.end(rule, key, attempt, failed);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      end(isFailure(status));
      super.close(status, trailers);
    }
  }

  /** Sees what an endpoint throws instead of closing its call, and the calls that never end. */
  private static final class WatchedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final LockoutInterceptor.WatchedCall<Q, ?> call;
    private boolean asked;

    WatchedListener(LockoutInterceptor.WatchedCall<Q, ?> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      call.begin((Message) message);
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      asked = true;
      guard(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      // Once the endpoint was asked, it may still be about to find the guess wrong.
      if (!asked) {
        call.end(false);
      }
      super.onCancel();
    }

    private void guard(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        call.end(isFailure(e));
        throw e;
      }
    }
  }

  private static boolean isFailure(Status status) {
    return status.getCause() instanceof RuntimeException cause
        ? isFailure(cause)
        : status.getCode() == Status.Code.UNAUTHENTICATED;
  }

  /**
   * What is thrown gets its status only from the outermost interceptor: by the rule of a reason.
   */
  private static boolean isFailure(RuntimeException thrown) {
    return thrown instanceof Refusal refusal
        && ErrorAnswers.rule(refusal.reason()).getCode() == Code.UNAUTHENTICATED;
  }

  private static Refusal crowded(Rule rule) {
    return Refusal.retryAfter(
        ErrorReason.ERROR_REASON_LOGIN_BUSY,
        "%,d calls with this name from this address are being checked; no more are taken at once."
            .formatted(rule.failures()),
        SOON,
        "limit",
        Integer.toString(rule.failures()));
  }

  private static Refusal locked(Rule rule, Duration remaining) {
    return Refusal.retryAfter(
        ErrorReason.ERROR_REASON_LOCKED_OUT,
        "%,d failures in %,d seconds locked this name for this address; wait %,d of %,d seconds."
            .formatted(
                rule.failures(),
                rule.window().toSeconds(),
                remaining.plusMillis(999).toSeconds(),
                rule.duration().toSeconds()),
        remaining,
        "failures",
        Integer.toString(rule.failures()),
        "window_seconds",
        Long.toString(rule.window().toSeconds()),
        "duration_seconds",
        Long.toString(rule.duration().toSeconds()));
  }
}
