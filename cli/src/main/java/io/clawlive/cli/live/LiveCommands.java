package io.clawlive.cli.live;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;

/** Makes the commands of this package. */
public final class LiveCommands {
  private LiveCommands() {}

  /** {@code clawlive start}. */
  public static CommandLine start(Shell shell) {
    return new CommandLine(new StartCommand(shell));
  }

  /** {@code clawlive pause}. */
  public static CommandLine pause(Shell shell) {
    return new CommandLine(new PauseCommand(shell));
  }

  /** {@code clawlive resume}. */
  public static CommandLine resume(Shell shell) {
    return new CommandLine(new ResumeCommand(shell));
  }

  /** {@code clawlive heartbeat}. */
  public static CommandLine heartbeat(Shell shell) {
    return new CommandLine(new HeartbeatCommand(shell));
  }

  /** {@code clawlive end}. */
  public static CommandLine end(Shell shell) {
    return new CommandLine(new EndCommand(shell));
  }

  /** {@code clawlive visibility}. */
  public static CommandLine visibility(Shell shell) {
    return new CommandLine(new VisibilityCommand(shell));
  }

  /** {@code clawlive sessions}. */
  public static CommandLine sessions(Shell shell) {
    return new CommandLine(new SessionsCommand(shell));
  }
}
