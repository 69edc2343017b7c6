package io.clawlive.cli.shell;

/** What the process answers to the shell. The numbers are part of the command line's contract. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "failed"),
  USAGE(2, "the command was not understood"),
  NOT_FOUND(3, "no such agent, project, session, account or key"),
  NOT_ALLOWED(4, "no credential, a wrong one, or one that may not do this"),
  UNAVAILABLE(5, "no server there, or it cannot answer now"),
  RATE_LIMITED(6, "too many calls or failed logins; wait and repeat"),
  INTERRUPTED(130, "interrupted by Ctrl-C");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** A few words for the help. */
  public String meaning() {
    return meaning;
  }
}
