package io.clawlive.server;

/** The server cannot start; the message is one sentence that says why and what to do. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
