package io.clawlive.sdk;

import org.jspecify.annotations.Nullable;

/** A fault of the server: report it with the incident id that the metadata names. */
public final class ServerFaultException extends ClawLiveException {
  private static final long serialVersionUID = 1L;

  /** For the SDK and for tests of code that uses it. */
  public ServerFaultException(ErrorDetail detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}
