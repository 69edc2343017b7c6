package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The credential is missing or not valid: get a valid one. From a login: name, password or the
 * provider's answer is wrong.
 */
public sealed class UnauthenticatedException extends ClawLiveException
    permits CredentialEndedException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public UnauthenticatedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
