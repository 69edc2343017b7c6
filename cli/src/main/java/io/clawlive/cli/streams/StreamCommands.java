package io.clawlive.cli.streams;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;

/** Makes the commands of this package. */
public final class StreamCommands {
  private StreamCommands() {}

  /** {@code clawlive thought}. */
  public static CommandLine thought(Shell shell) {
    return new CommandLine(new ThoughtCommand(shell));
  }

  /** {@code clawlive log}. */
  public static CommandLine log(Shell shell) {
    return new CommandLine(new LogCommand(shell));
  }

  /** {@code clawlive proof}. */
  public static CommandLine proof(Shell shell) {
    return new CommandLine(new ProofCommand(shell));
  }

  /** {@code clawlive pipe}. */
  public static CommandLine pipe(Shell shell) {
    return new CommandLine(new PipeCommand(shell));
  }

  /** {@code clawlive run}. */
  public static CommandLine run(Shell shell) {
    // Everything from the command's name on is the command's own, options included.
    return new CommandLine(new RunCommand(shell)).setStopAtPositional(true);
  }

  /** {@code clawlive watch}. */
  public static CommandLine watch(Shell shell) {
    return new CommandLine(new WatchCommand(shell));
  }

  /** {@code clawlive replay}. */
  public static CommandLine replay(Shell shell) {
    return new CommandLine(new ReplayCommand(shell));
  }

  /** {@code clawlive export}. */
  public static CommandLine export(Shell shell) {
    return new CommandLine(new ExportCommand(shell));
  }
}
