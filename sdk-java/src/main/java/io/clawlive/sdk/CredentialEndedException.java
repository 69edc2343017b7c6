package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The credential was good and is over, because it expired or was taken back: sign in again, or get
 * a new key.
 */
public final class CredentialEndedException extends UnauthenticatedException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public CredentialEndedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
