package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "members", description = "List who is in a room, in the order they joined.")
final class RoomMembersCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  RoomMembersCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      List<Map<String, Object>> members = new ArrayList<>();
      Table table = new Table("NAME", "KIND", "ROLE", "PRESENCE", "DOES", "WORK", "CAN");
      for (Member member : client.rooms().members().list(id)) {
        members.add(MessageFields.of(member));
        table.row(
            RoomFields.name(member.getParty()),
            Fields.word(member.getParty().getKind(), "ACTOR_KIND_"),
            RoomFields.role(member),
            Fields.word(member.getPresence(), "PRESENCE_"),
            member.getActivityValue() == 0
                ? "-"
                : Fields.word(member.getActivity(), "AGENT_ACTIVITY_").replace('_', ' '),
            member.getWorkValue() == 0 ? "-" : Fields.word(member.getWork(), "WORK_STATE_"),
            String.join(" ", member.getCapabilitiesList()));
      }
      output.answer(members, table);
    }
  }
}
