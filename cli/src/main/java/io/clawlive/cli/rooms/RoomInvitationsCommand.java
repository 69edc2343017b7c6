package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Invitation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "invitations",
    description =
        "List the invitations of a room that still hold, for hosts; without a room, yours.")
final class RoomInvitationsCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(
      index = "0",
      paramLabel = "ROOM",
      arity = "0..1",
      description = "Id or name of the room.")
  private @Nullable String room;

  RoomInvitationsCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      if (room == null) {
        mine(client);
      } else {
        ofRoom(client, RoomAccess.id(client, room));
      }
    }
  }

  private void ofRoom(ClawLive client, String id) {
    List<Map<String, Object>> invitations = new ArrayList<>();
    Table table = new Table("INVITATION_ID", "FOR", "ROLE", "BY", "USES_LEFT", "UNTIL");
    for (Invitation it : client.rooms().invitations().list(id)) {
      invitations.add(MessageFields.of(it));
      table.row(
          it.getInvitationId(),
          it.hasInvitee() ? RoomFields.name(it.getInvitee()) : "link",
          Fields.word(it.getRole(), "MEMBER_ROLE_"),
          RoomFields.name(it.getInviter()),
          it.getUsesLeft(),
          String.valueOf(Fields.time(it.getExpiresAt())));
    }
    output.answer(invitations, table);
  }

  private void mine(ClawLive client) {
    List<Map<String, Object>> invitations = new ArrayList<>();
    Table table = new Table("ROOM_ID", "NAME", "ROLE", "BY", "UNTIL");
    for (var it : client.rooms().invitations().mine()) {
      invitations.add(MessageFields.of(it));
      table.row(
          it.getRoomId(),
          it.getRoomName(),
          Fields.word(it.getInvitation().getRole(), "MEMBER_ROLE_"),
          RoomFields.name(it.getInvitation().getInviter()),
          String.valueOf(Fields.time(it.getInvitation().getExpiresAt())));
    }
    output.answer(invitations, table);
  }
}
