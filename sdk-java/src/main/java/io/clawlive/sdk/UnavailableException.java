package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/**
 * No server answers, or it cannot work at the moment: try later if {@link #retryable()}, else check
 * the address.
 */
public final class UnavailableException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public UnavailableException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
