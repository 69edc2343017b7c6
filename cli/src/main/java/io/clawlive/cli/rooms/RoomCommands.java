package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;

/** Makes the commands of this package. */
public final class RoomCommands {
  private RoomCommands() {}

  /** {@code clawlive chat}. */
  public static CommandLine chat(Shell shell) {
    return new CommandLine(new ChatCommand(shell));
  }
}
