package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** There is nothing with this id or name. */
public final class NotFoundException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public NotFoundException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
