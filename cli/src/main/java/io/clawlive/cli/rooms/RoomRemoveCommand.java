package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Send a member away; its tasks are open again. For hosts.")
final class RoomRemoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "MEMBER", description = "Id, handle or name of the member.")
  private String member = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, at most 1,024 characters.")
  private String reason = "";

  RoomRemoveCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      client.rooms().members().remove(id, member, reason);
      output.answer(
          Json.object("room_id", id, "member", member),
          "Removed " + member + " from room " + id + ".");
    }
  }
}
