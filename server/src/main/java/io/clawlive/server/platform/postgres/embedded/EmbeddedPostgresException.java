package io.clawlive.server.platform.postgres.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL cannot run. The message says in a sentence why and what to do, and holds
 * no secret.
 */
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What somebody could do about it. */
  public enum Reason {
    /** Another server works on the data directory: stop it or choose another directory. */
    IN_USE,
    /** The data directory cannot be made, read or written: give it to the user of the server. */
    NOT_WRITABLE,
    /** The disk is full: make room. */
    NO_SPACE,
    /** The port is taken: free it or choose another one. */
    PORT_TAKEN,
    /** There are no programs for this system, or they do not run: use a PostgreSQL of your own. */
    UNSUPPORTED_SYSTEM,
    /** Another major version of PostgreSQL wrote the data: use the release that did. */
    WRONG_VERSION,
    /** The data directory is damaged: restore a backup. */
    DAMAGED,
    /** It did not start, or not in time: read the log that the message names. */
    NOT_STARTED
  }

  private final Reason reason;

  EmbeddedPostgresException(Reason reason, String message) {
    this(reason, message, null);
  }

  EmbeddedPostgresException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Which kind of trouble it is. */
  public Reason reason() {
    return reason;
  }
}
