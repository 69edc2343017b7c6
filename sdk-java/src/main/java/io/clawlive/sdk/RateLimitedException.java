package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Too many calls, too many failed logins, or too many logins at once: wait for {@link
 * #retryAfter()}.
 */
public final class RateLimitedException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public RateLimitedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
