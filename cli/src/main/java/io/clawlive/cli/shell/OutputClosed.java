package io.clawlive.cli.shell;

/** Whoever read our standard output is gone, as with {@code | head}. The command ends quietly. */
public final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says that nobody reads any more. */
  public OutputClosed() {
    super("standard output was closed");
  }
}
