package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** The name is taken: choose another one, or use what is there. */
public final class AlreadyExistsException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public AlreadyExistsException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
