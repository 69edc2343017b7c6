package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class SandboxCommands {
  private SandboxCommands() {}

  /** {@code clawlive sandbox}. */
  public static CommandLine sandbox(Shell shell) {
    return new CommandLine(new SandboxGroup())
        .addSubcommand(new SandboxCreateCommand(shell))
        .addSubcommand(new SandboxListCommand(shell))
        .addSubcommand(new SandboxShowCommand(shell))
        .addSubcommand(new SandboxStartCommand(shell))
        .addSubcommand(new SandboxStopCommand(shell))
        .addSubcommand(new SandboxRemoveCommand(shell))
        .addSubcommand(new SandboxExtendCommand(shell))
        .addSubcommand(new SandboxLimitsCommand(shell))
        .addSubcommand(new SandboxLogsCommand(shell))
        .addSubcommand(new SandboxWatchCommand(shell))
        .addSubcommand(new SandboxStatsCommand(shell))
        .addSubcommand(
            // What follows the sandbox belongs to the program.
            new CommandLine(new SandboxExecCommand(shell)).setStopAtPositional(true))
        .addSubcommand(new SandboxProcessesCommand(shell))
        .addSubcommand(new SandboxAttachCommand(shell))
        .addSubcommand(new SandboxKillCommand(shell))
        .addSubcommand(new SandboxCopyCommand(shell))
        .addSubcommand(new SandboxFilesCommand(shell))
        .addSubcommand(new SnapshotCreateCommand(shell))
        .addSubcommand(new SnapshotListCommand(shell))
        .addSubcommand(new SnapshotRestoreCommand(shell))
        .addSubcommand(new SnapshotForkCommand(shell))
        .addSubcommand(new SnapshotRemoveCommand(shell))
        .addSubcommand(new SandboxRuntimeCommand(shell));
  }

  @Command(
      name = "sandbox",
      description = "Where agents run: make, start, stop, watch and remove sandboxes.")
  static final class SandboxGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
