package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** The server does not know the call: use a client of the server's version. */
public final class UnsupportedException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public UnsupportedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
