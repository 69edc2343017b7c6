package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateInvitationResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Invitation;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "invite",
    description = {
      "Invite a person or agent, or make a link for whoever has it. For hosts.",
      "The secret of a link is shown this once."
    })
final class RoomInviteCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "WHO",
      arity = "0..1",
      description = "Handle, name or id; without it a link is made.")
  private @Nullable String invitee;

  @Option(
      names = "--uses",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many may come by a link, 1 to 1,000. Default: ${DEFAULT-VALUE}.")
  private int uses;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long it holds, such as 30m, 12h or 7d. Default: 7d.")
  private @Nullable String lifetime;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "What it gives: ${COMPLETION-CANDIDATES}. Default: member.")
  private RoomRoleCommand.Role role = RoomRoleCommand.Role.MEMBER;

  RoomInviteCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      CreateInvitationRequest.Builder request =
          CreateInvitationRequest.newBuilder().setRoomId(id).setRole(role.asked());
      if (invitee == null) {
        request.setUses(uses);
      } else {
        request.setInvitee(invitee);
      }
      if (lifetime != null) {
        request.setLifetime(Lifetimes.parse(lifetime));
      }
      CreateInvitationResponse made = client.rooms().invitations().create(request.build());
      Map<String, Object> fields = MessageFields.of(made);
      output.answer(fields, words(made));
    }
  }

  private String words(CreateInvitationResponse made) {
    Invitation invitation = made.getInvitation();
    String until = String.valueOf(Fields.time(invitation.getExpiresAt()));
    if (invitee != null) {
      return "Invited %s until %s.".formatted(invitee, until);
    }
    return """
    Link for %d, until %s: %s
    Secret, shown this once: %s\
    """
        .formatted(invitation.getUsesLeft(), until, made.getUrl(), made.getSecret());
  }
}
