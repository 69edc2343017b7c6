package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "assign", description = "Give a task to a member. For hosts.")
final class TaskAssignCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "Its number.")
  private long task;

  @Parameters(index = "2", paramLabel = "MEMBER", description = "Id, handle or name of the member.")
  private String member = "";

  TaskAssignCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      RoomTaskFields.tell(client.tasks().assign(id, task, member), output);
    }
  }
}
