package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "approvals", description = "List the questions of a room that wait for a decision.")
final class RoomApprovalsCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(names = "--all", description = "Also those that are decided or expired.")
  private boolean all;

  RoomApprovalsCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      List<Map<String, Object>> approvals = new ArrayList<>();
      Table table = new Table("NUMBER", "STATE", "TITLE", "TASK", "BY", "DECIDERS", "UNTIL");
      for (Approval it : client.tasks().approvals().list(id, !all)) {
        approvals.add(MessageFields.of(it));
        table.row(
            it.getApprovalId(),
            Fields.word(it.getState(), "APPROVAL_STATE_").replace('_', ' '),
            it.getTitle(),
            it.getTaskId() == 0 ? "-" : it.getTaskId(),
            RoomFields.name(it.getRequester()),
            Fields.word(it.getDeciders(), "APPROVAL_DECIDERS_"),
            String.valueOf(Fields.time(it.getExpiresAt())));
      }
      output.answer(approvals, table);
    }
  }
}
