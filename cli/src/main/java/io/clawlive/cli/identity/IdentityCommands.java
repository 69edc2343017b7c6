package io.clawlive.cli.identity;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;

/** Makes the commands of this package. */
public final class IdentityCommands {
  private IdentityCommands() {}

  /** {@code clawlive login}. */
  public static CommandLine login(Shell shell) {
    return new CommandLine(new LoginCommand(shell));
  }

  /** {@code clawlive whoami}. */
  public static CommandLine whoami(Shell shell) {
    return new CommandLine(new WhoAmICommand(shell));
  }
}
