package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List the tasks of a room by number.")
final class TaskListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only in this state: ${COMPLETION-CANDIDATES}. Repeatable.")
  private List<State> states = new ArrayList<>();

  TaskListCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      TaskState[] wanted = states.stream().map(State::asked).toArray(TaskState[]::new);
      List<Map<String, Object>> tasks = new ArrayList<>();
      Table table = new Table("TASK", "STATE", "PRIORITY", "ASSIGNEE", "TITLE", "UPDATED");
      for (Task task : client.tasks().list(id, wanted)) {
        tasks.add(MessageFields.of(task));
        table.row(
            task.getTaskId(),
            RoomFields.state(task),
            RoomTaskFields.priority(task),
            task.hasAssignee() ? RoomFields.name(task.getAssignee()) : "-",
            task.getTitle(),
            String.valueOf(Fields.time(task.getUpdatedAt())));
      }
      output.answer(tasks, table);
    }
  }

  /** Where a task stands. */
  enum State {
    OPEN,
    CLAIMED,
    IN_PROGRESS,
    REVIEW,
    MERGED,
    CANCELLED;

    TaskState asked() {
      return switch (this) {
        case OPEN -> TaskState.TASK_STATE_OPEN;
        case CLAIMED -> TaskState.TASK_STATE_CLAIMED;
        case IN_PROGRESS -> TaskState.TASK_STATE_IN_PROGRESS;
        case REVIEW -> TaskState.TASK_STATE_REVIEW;
        case MERGED -> TaskState.TASK_STATE_MERGED;
        case CANCELLED -> TaskState.TASK_STATE_CANCELLED;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
