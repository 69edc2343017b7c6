package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** The caller is known and may not do this: use the owner's key. */
public final class NotAllowedException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public NotAllowedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
