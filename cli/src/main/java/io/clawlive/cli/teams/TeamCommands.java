package io.clawlive.cli.teams;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class TeamCommands {
  private TeamCommands() {}

  /** {@code clawlive team}. */
  public static CommandLine team(Shell shell) {
    return new CommandLine(new TeamGroup())
        .addSubcommand(new TeamListCommand(shell))
        .addSubcommand(new TeamShowCommand(shell))
        .addSubcommand(new TeamClassifyCommand(shell))
        .addSubcommand(new TeamSendCommand(shell))
        .addSubcommand(new TeamReloadCommand(shell));
  }

  @Command(
      name = "team",
      description = "Agents behind one address: a message reaches the one it fits.")
  static final class TeamGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
