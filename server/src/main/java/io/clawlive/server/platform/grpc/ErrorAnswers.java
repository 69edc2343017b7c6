package io.clawlive.server.platform.grpc;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.errors.v1.ErrorRule;
import io.clawlive.server.platform.postgres.PostgresErrors;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever goes wrong into one answer of the contract: a status with an {@link ErrorInfo}. A
 * {@link Refusal} says its reason itself; anything else is a fault of ours, which the caller sees
 * as an incident id and the log sees whole.
 */
@Singleton
public final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
  private static final String DOMAIN = "clawlive";

  private final MeterRegistry meters;

  ErrorAnswers(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * The answer that tells of a failure, with its details in the trailers.
   *
   * @param method what was called, for the log
   */
  public StatusRuntimeException of(RuntimeException failure, String method) {
    Refusal refusal = refused(failure, method);
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(rule(refusal.reason()).getCodeValue())
            .setMessage(refusal.getMessage())
            .addDetails(Any.pack(info(refusal)));
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

  /**
   * The refusal that a failure comes to, for calls that tell of it themselves. It is counted, and
   * where it is a fault of ours logged.
   *
   * @param method what was called, for the log
   */
  public Refusal refused(RuntimeException failure, String method) {
    Refusal refusal = failure instanceof Refusal r ? r : refusal(failure, method);
    Counter.builder("clawlive.errors")
        .description("Calls that were refused or failed, by reason.")
        .tag("code", name(refusal.reason()))
        .register(meters)
        .increment();
    return refusal;
  }

  /** What a refusal says to programs. */
  public ErrorInfo info(Refusal refusal) {
    return ErrorInfo.newBuilder()
        .setReason(name(refusal.reason()))
        .setDomain(DOMAIN)
        .putAllMetadata(refusal.metadata())
        .putMetadata("remedy", rule(refusal.reason()).getRemedy())
        .build();
  }

  private static String name(ErrorReason reason) {
    return reason.name().substring("ERROR_REASON_".length());
  }

  /** What a failure below means: PostgreSQL may say so, anything else is a fault of ours. */
  private static Refusal refusal(RuntimeException failure, String method) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && PostgresErrors.isTransient(e)) {
        return Refusal.of(
            ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
            "PostgreSQL does not answer; nothing of this call was acknowledged.");
      }
      if (cause instanceof SQLException e && PostgresErrors.isUnstorableText(e)) {
        return Refusal.of(
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            "A text of the request holds the character zero (U+0000), which cannot be stored.");
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
