package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a task on; every move is a command of its own that differs in a word. */
@Command
final class TaskMoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  private final TaskMove move;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "Its number.")
  private long task;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, at most 1,024 characters.")
  private String reason = "";

  TaskMoveCommand(Shell shell, TaskMove move) {
    this.move = move;
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      RoomTaskFields.tell(client.tasks().move(id, task, move, reason), output);
    }
  }
}
