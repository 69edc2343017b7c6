package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberRole;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "role",
    description = "Give a member another role. For hosts; the last host keeps it.")
final class RoomRoleCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "MEMBER", description = "Id, handle or name of the member.")
  private String member = "";

  @Parameters(index = "2", paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
  private Role role = Role.MEMBER;

  RoomRoleCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      Member changed = client.rooms().members().role(id, member, role.asked());
      output.answer(
          MessageFields.of(changed),
          "%s is %s now.".formatted(RoomFields.name(changed.getParty()), RoomFields.role(changed)));
    }
  }

  /** What a member may do. */
  enum Role {
    HOST,
    MEMBER,
    SPECTATOR;

    MemberRole asked() {
      return switch (this) {
        case HOST -> MemberRole.MEMBER_ROLE_HOST;
        case MEMBER -> MemberRole.MEMBER_ROLE_MEMBER;
        case SPECTATOR -> MemberRole.MEMBER_ROLE_SPECTATOR;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
