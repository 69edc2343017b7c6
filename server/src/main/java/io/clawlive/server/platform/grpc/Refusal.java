package io.clawlive.server.platform.grpc;

import com.google.rpc.BadRequest;
import io.clawlive.errors.v1.ErrorReason;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call declined for a reason of the contract. Thrown anywhere below an endpoint; {@link
 * ErrorAnswers} turns it into the answer.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorReason reason;
  private final transient Map<String, String> metadata;
  private final transient @Nullable Duration retryAfter;
  private final transient @Nullable BadRequest violations;

  private Refusal(
      ErrorReason reason,
      String message,
      Map<String, String> metadata,
      @Nullable Duration retryAfter,
      @Nullable BadRequest violations) {
    // No stack trace: a refusal is an answer, not a fault, and a flood of them must stay cheap.
    super(message, null, false, false);
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfter = retryAfter;
    this.violations = violations;
  }

  /**
   * Declines a call.
   *
   * @param message one sentence for people that names the offending and the expected value
   * @param metadata name and value in turn, for programs
   */
  public static Refusal of(ErrorReason reason, String message, String... metadata) {
    return new Refusal(reason, message, pairs(metadata), null, null);
  }

  /** Declines a call that may be repeated after a while. */
  public static Refusal retryAfter(
      ErrorReason reason, String message, Duration delay, String... metadata) {
    return new Refusal(reason, message, pairs(metadata), delay, null);
  }

  /** Declines a call whose fields break their rules. */
  public static Refusal invalid(String message, BadRequest violations) {
    return new Refusal(ErrorReason.ERROR_REASON_INVALID_FIELD, message, Map.of(), null, violations);
  }

  /**
   * Declines a call for one field, where the rule is not one that stands beside it.
   *
   * @param message begins with the field's path
   */
  public static Refusal invalidField(String message, String field) {
    return of(ErrorReason.ERROR_REASON_INVALID_FIELD, message, "field", field);
  }

  /** The reason a program can act on. */
  public ErrorReason reason() {
    return reason;
  }

  /** Names and values for programs. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** How long to wait before trying again; null when that does not help. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  @Nullable BadRequest violations() {
    return violations;
  }

  private static Map<String, String> pairs(String... metadata) {
    var pairs = new java.util.LinkedHashMap<String, String>();
    for (int i = 0; i + 1 < metadata.length; i += 2) {
      pairs.put(metadata[i], metadata[i + 1]);
    }
    return pairs;
  }
}
