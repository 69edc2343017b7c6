package io.clawlive.cli.channel;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;

/** Makes the commands of this package. */
public final class ChannelCommands {
  private ChannelCommands() {}

  /** {@code clawlive agent run}. */
  public static CommandLine run(Shell shell) {
    return new CommandLine(new AgentRunCommand(shell));
  }
}
