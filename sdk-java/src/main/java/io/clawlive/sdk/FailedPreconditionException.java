package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** The thing is not in a state that allows the call; the reason says which. */
public sealed class FailedPreconditionException extends ClawLiveException
    permits StreamEndedException, SupersededException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public FailedPreconditionException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
