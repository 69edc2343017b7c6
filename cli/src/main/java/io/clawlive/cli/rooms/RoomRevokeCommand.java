package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Take an invitation back. For hosts.")
final class RoomRevokeCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "INVITATION",
      description = "Id, as 'clawlive rooms invitations' shows it.")
  private String invitation = "";

  RoomRevokeCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      client.rooms().invitations().revoke(id, invitation);
      output.answer(
          Json.object("room_id", id, "invitation_id", invitation), "Took the invitation back.");
    }
  }
}
