package io.clawlive.server.sandbox.runtime;

/** A runtime did not do what it was told. The message is for whoever asked. */
public final class RuntimeRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In what way. */
  public enum Kind {
    /** It does not answer, or not in time. Whether anything was done is not known. */
    UNAVAILABLE,
    /** There is no such sandbox here. */
    NOT_FOUND,
    /** The sandbox does not run, or runs already. */
    WRONG_PHASE,
    /** It has no such image, and may not or cannot fetch it. */
    IMAGE_MISSING,
    /** The port of the host is taken by somebody else. */
    PORT_TAKEN,
    /** The program or file is not there, or cannot be run or read. */
    NOT_USABLE,
    /** The disk under it is full. */
    DISK_FULL,
    /** Anything else; the message says what. */
    FAILED
  }

  private final Kind kind;

  /** A refusal of a kind, with a sentence that names no secret. */
  public RuntimeRefusal(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The same, with what caused it. */
  public RuntimeRefusal(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** In what way it was refused. */
  public Kind kind() {
    return kind;
  }
}
