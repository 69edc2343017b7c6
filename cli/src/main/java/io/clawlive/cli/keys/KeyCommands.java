package io.clawlive.cli.keys;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class KeyCommands {
  private KeyCommands() {}

  /** {@code clawlive keys}. */
  public static CommandLine keys(Shell shell) {
    return new CommandLine(new KeysGroup())
        .addSubcommand(new KeysCreateCommand(shell))
        .addSubcommand(new KeysListCommand(shell))
        .addSubcommand(new KeysRevokeCommand(shell))
        .addSubcommand(new KeysRotateCommand(shell));
  }

  @Command(name = "keys", description = "API keys for agents and programs.")
  static final class KeysGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
