package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a room for everybody. For hosts.")
final class RoomDeleteCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean sure;

  RoomDeleteCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      if (!sure
          && !new Prompt(shell)
              .agrees("Delete room " + id + " for everybody?", "Give --yes to delete it.")) {
        throw new Failure(ExitCode.FAILED, "Nothing was deleted.");
      }
      client.rooms().delete(id);
      output.answer(Json.object("room_id", id), "Deleted room " + id + ".");
    }
  }
}
