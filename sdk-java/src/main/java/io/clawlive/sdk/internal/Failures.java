package io.clawlive.sdk.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.errors.v1.ErrorRule;
import io.clawlive.sdk.AlreadyExistsException;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.CredentialEndedException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.sdk.NotAllowedException;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.ServerFaultException;
import io.clawlive.sdk.StreamEndedException;
import io.clawlive.sdk.SupersededException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import io.clawlive.sdk.UnsupportedException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the transport reports into the exceptions of the API. */
public final class Failures {
  private static final String DOMAIN = "clawlive";
  private static final String PREFIX = "ERROR_REASON_";

  private Failures() {}

  /** A failed call to {@code address}; trailers may be missing. */
  public static ClawLiveException of(Status status, @Nullable Metadata trailers, String address) {
    if (status.getCause() instanceof CallToken.SourceFailure failure) {
      return failure.told();
    }
    Answer answer = Answer.read(StatusProto.fromStatusAndTrailers(status, trailers));
    Throwable cause = status.getCause();
    if (answer.info == null) {
      return TransportFailures.of(status, address);
    }
    ErrorRule rule = rule(answer.info.getReason());
    boolean retryable = rule == null ? guessRetryable(status) : rule.getRetryable();
    return build(status.getCode(), answer.detail(status, retryable), cause);
  }

  /** What a request on a call that goes on was refused with. */
  public static ClawLiveException refused(
      ErrorReason reason,
      String message,
      Map<String, String> metadata,
      Optional<Duration> retryAfter) {
    String name = reason.name().startsWith(PREFIX) ? reason.name().substring(PREFIX.length()) : "";
    ErrorRule rule = rule(name);
    Status.Code code =
        rule == null
            ? Status.Code.FAILED_PRECONDITION
            : Status.fromCodeValue(rule.getCode().getNumber()).getCode();
    boolean retryable = rule != null && rule.getRetryable();
    return build(
        code, new ErrorDetail(name, message, metadata, List.of(), retryable, retryAfter), null);
  }

  /**
   * The same failure as a new exception, for a second caller: an exception that is thrown twice
   * would be suppressed by itself where a resource is closed.
   */
  public static ClawLiveException again(ClawLiveException failure) {
    return copy(failure, failure.detail());
  }

  private static ClawLiveException copy(ClawLiveException failure, ErrorDetail detail) {
    if (failure instanceof SupersededException) {
      return new SupersededException(detail, failure);
    } else if (failure instanceof StreamEndedException) {
      return new StreamEndedException(detail, failure);
    } else if (failure instanceof FailedPreconditionException) {
      return new FailedPreconditionException(detail, failure);
    } else if (failure instanceof NotFoundException) {
      return new NotFoundException(detail, failure);
    } else if (failure instanceof NotAllowedException) {
      return new NotAllowedException(detail, failure);
    } else if (failure instanceof CredentialEndedException) {
      return new CredentialEndedException(detail, failure);
    } else if (failure instanceof UnauthenticatedException) {
      return new UnauthenticatedException(detail, failure);
    } else if (failure instanceof InvalidRequestException) {
      return new InvalidRequestException(detail, failure);
    } else if (failure instanceof AlreadyExistsException) {
      return new AlreadyExistsException(detail, failure);
    } else if (failure instanceof RateLimitedException) {
      return new RateLimitedException(detail, failure);
    } else if (failure instanceof UnavailableException) {
      return new UnavailableException(detail, failure);
    } else if (failure instanceof UnsupportedException) {
      return new UnsupportedException(detail, failure);
    }
    return new ServerFaultException(detail, failure);
  }

  private static ClawLiveException build(
      Status.Code code, ErrorDetail detail, @Nullable Throwable cause) {
    switch (detail.reason()) {
      case "STREAM_ENDED", "SESSION_ENDED":
        return new StreamEndedException(detail, cause);
      case "CREDENTIAL_EXPIRED", "CREDENTIAL_REVOKED", "REFRESH_REUSED":
        return new CredentialEndedException(detail, cause);
      case "AGENT_SUPERSEDED":
        return new SupersededException(detail, cause);
      case "TOO_MANY_KEYS",
      "TOO_MANY_MEMBERS",
      "TOO_MANY_FOLLOWS",
      "TOO_MANY_WEBHOOKS",
      "TOO_MANY_ROOMS",
      "TOO_MANY_INVITATIONS",
      "TOO_MANY_TASKS",
      "TOO_MANY_APPROVALS",
      "TOO_MANY_SANDBOXES",
      "TOO_MANY_PROCESSES",
      "TOO_MANY_SECRETS",
      "TOO_MANY_SNAPSHOTS",
      "PORTS_EXHAUSTED",
      "STORAGE_OF_SANDBOX_FULL",
      "ROOM_FULL",
      "TASK_TAKEN":
        return new FailedPreconditionException(detail, cause);
      case "RATE_LIMITED", "LOCKED_OUT", "LOGIN_BUSY":
        return new RateLimitedException(detail, cause);
      case "MESSAGE_TOO_LARGE":
        return new InvalidRequestException(detail, cause);
      default:
        break;
    }
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> new InvalidRequestException(detail, cause);
      case NOT_FOUND -> new NotFoundException(detail, cause);
      case ALREADY_EXISTS -> new AlreadyExistsException(detail, cause);
      case PERMISSION_DENIED -> new NotAllowedException(detail, cause);
      case UNAUTHENTICATED -> new UnauthenticatedException(detail, cause);
      case FAILED_PRECONDITION -> new FailedPreconditionException(detail, cause);
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED, DEADLINE_EXCEEDED, CANCELLED ->
          new UnavailableException(detail, cause);
      case UNIMPLEMENTED -> new UnsupportedException(detail, cause);
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> new ServerFaultException(detail, cause);
    };
  }

  /** The contract's rule for a reason; null for a reason of a newer contract. */
  private static @Nullable ErrorRule rule(String reason) {
    for (ErrorReason known : ErrorReason.values()) {
      if (known != ErrorReason.UNRECOGNIZED && known.name().equals(PREFIX + reason)) {
        return known.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
      }
    }
    return null;
  }

  private static boolean guessRetryable(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  /** The typed details of an answer. */
  private record Answer(
      @Nullable ErrorInfo info, List<String> violations, Optional<Duration> retryAfter) {

    static Answer read(com.google.rpc.@Nullable Status status) {
      ErrorInfo info = null;
      List<String> violations = new ArrayList<>();
      Optional<Duration> retryAfter = Optional.empty();
      try {
        for (Any any : status == null ? List.<Any>of() : status.getDetailsList()) {
          if (any.is(ErrorInfo.class)) {
            ErrorInfo found = any.unpack(ErrorInfo.class);
            info = found.getDomain().equals(DOMAIN) ? found : info;
          } else if (any.is(BadRequest.class)) {
            for (BadRequest.FieldViolation field :
                any.unpack(BadRequest.class).getFieldViolationsList()) {
              violations.add(field.getField() + ": " + field.getDescription());
            }
          } else if (any.is(RetryInfo.class)) {
            com.google.protobuf.Duration delay = any.unpack(RetryInfo.class).getRetryDelay();
            retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
          }
        }
      } catch (InvalidProtocolBufferException garbled) {
        // A detail that cannot be read is left out; status and text still tell what happened.
        return new Answer(info, violations, retryAfter);
      }
      return new Answer(info, violations, retryAfter);
    }

    ErrorDetail detail(Status status, boolean retryable) {
      ErrorInfo known = info == null ? ErrorInfo.getDefaultInstance() : info;
      String text = status.getDescription();
      return new ErrorDetail(
          known.getReason(),
          text == null || text.isBlank() ? known.getReason() : text,
          Map.copyOf(known.getMetadataMap()),
          violations,
          retryable,
          retryAfter);
    }
  }
}
