package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The same agent connected elsewhere, and the newer channel counts: do not connect again by
 * yourself; give every process an agent of its own.
 */
public final class SupersededException extends FailedPreconditionException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public SupersededException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
