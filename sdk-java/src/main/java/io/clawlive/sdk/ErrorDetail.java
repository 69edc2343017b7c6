package io.clawlive.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a failure.
 *
 * @param reason the contract's reason without its prefix, such as {@code STREAM_ENDED}; reasons the
 *     client itself gives are {@code NO_SERVER}, {@code NOT_A_SERVER}, {@code CONNECTION_LOST},
 *     {@code TIMEOUT}, {@code BUFFER_FULL}, {@code CLOSED}, {@code SPOOL_FAILED}, {@code
 *     SPOOL_IN_USE}, {@code CURSORS_FAILED}, {@code CURSORS_IN_USE}, {@code PRODUCER_SHARED},
 *     {@code STREAM_HOLE}, {@code SANDBOX_NOT_RUNNING} and {@code TOKEN_SOURCE_FAILED}
 * @param message one or two sentences for people
 * @param metadata the offending and the expected values, by name
 * @param violations one sentence for every field that breaks its rule
 * @param retryable whether the same call can succeed later without a change by the caller
 * @param retryAfter how long the server asks to wait
 */
public record ErrorDetail(
    String reason,
    String message,
    Map<String, String> metadata,
    List<String> violations,
    boolean retryable,
    Optional<Duration> retryAfter) {

  /** Copies the collections. */
  public ErrorDetail {
    metadata = Map.copyOf(metadata);
    violations = List.copyOf(violations);
  }

  /** A failure with neither metadata nor a delay. */
  public static ErrorDetail of(String reason, String message, boolean retryable) {
    return new ErrorDetail(reason, message, Map.of(), List.of(), retryable, Optional.empty());
  }
}
