package io.clawlive.sdk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not succeed. There is one subclass for every thing a caller can do about it; the
 * finer cause is {@link #reason()}.
 */
public abstract sealed class ClawLiveException extends RuntimeException
    permits AlreadyExistsException,
        FailedPreconditionException,
        InvalidRequestException,
        NotAllowedException,
        NotFoundException,
        RateLimitedException,
        ServerFaultException,
        UnauthenticatedException,
        UnavailableException,
        UnsupportedException {
  private static final long serialVersionUID = 1L;

  // Not serialized: details travel in answers, not in Java's own serialization.
  private final transient ErrorDetail detail;

  ClawLiveException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail.message(), cause);
    this.detail = detail;
  }

  /** Everything known about the failure. */
  public final ErrorDetail detail() {
    return detail;
  }

  /** Reason of the contract without its prefix, such as {@code STREAM_ENDED}. */
  public final String reason() {
    return detail.reason();
  }

  /** Whether the same call can succeed later without a change by the caller. */
  public final boolean retryable() {
    return detail.retryable();
  }

  /** How long the server asks to wait before the next try. */
  public final Optional<Duration> retryAfter() {
    return detail.retryAfter();
  }

  /** The offending and the expected values, by name. */
  public final Map<String, String> metadata() {
    return detail.metadata();
  }
}
