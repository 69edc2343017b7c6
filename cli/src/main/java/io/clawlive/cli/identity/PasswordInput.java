package io.clawlive.cli.identity;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import picocli.CommandLine.Option;

/** How a password gets in: typed without showing it, or on standard input. */
public final class PasswordInput {
  private static final String INSTEAD =
      "Give the password on standard input: --password-stdin < file";

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean fromInput;

  private final Prompt prompt;

  /** For the commands of this shell. */
  public PasswordInput(Shell shell) {
    prompt = new Prompt(shell);
  }

  /** Whether it comes on standard input. */
  public boolean isFromInput() {
    return fromInput;
  }

  /** The password that somebody has. */
  public String present(String question) {
    return fromInput ? line() : prompt.secret(question, INSTEAD);
  }

  /** A password that somebody chooses; typed twice, so that it is what was meant. */
  public String chosen(String question) {
    if (fromInput) {
      return line();
    }
    String password = prompt.secret(question + " (12 characters or more)", INSTEAD);
    if (!password.equals(prompt.secret("The same again", INSTEAD))) {
      throw new Failure(ExitCode.USAGE, "The two passwords differ. Nothing was changed.");
    }
    return password;
  }

  private String line() {
    return prompt.lines(1, "one line with the password").getFirst();
  }
}
