package io.clawlive.cli.secrets;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class SecretCommands {
  private SecretCommands() {}

  /** {@code clawlive secret}. */
  public static CommandLine secret(Shell shell) {
    return new CommandLine(new SecretGroup())
        .addSubcommand(new SecretSetCommand(shell))
        .addSubcommand(new SecretListCommand(shell))
        .addSubcommand(new SecretRemoveCommand(shell));
  }

  @Command(name = "secret", description = "Secrets that your sandboxes get; never shown again.")
  static final class SecretGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
