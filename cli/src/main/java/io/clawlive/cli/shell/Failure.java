package io.clawlive.cli.shell;

/**
 * A command could not do its work, and this is all the user needs to know: what was wrong, what was
 * expected, what to do next. Printed as one line, never with a stack trace.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** Ends the command with a code and a message of whole sentences. */
  public Failure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As above, and keeps the cause for a debugger. */
  public Failure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
