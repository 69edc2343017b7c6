package io.clawlive.server.platform;

/**
 * Something the server was given cannot be used: an address, a file, a keyset. The message is one
 * sentence for whoever gave it, which says why and what to do.
 */
public final class NotUsableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With its sentence. */
  public NotUsableException(String message) {
    super(message);
  }
}
