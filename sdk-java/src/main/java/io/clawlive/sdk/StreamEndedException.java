package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** The session or its stream has ended: start a new session, or watch and replay this one. */
public final class StreamEndedException extends FailedPreconditionException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public StreamEndedException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
