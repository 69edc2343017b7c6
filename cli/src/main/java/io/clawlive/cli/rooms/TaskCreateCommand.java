package io.clawlive.cli.rooms;

import com.google.protobuf.Timestamp;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskPriority;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Write a task. Prints its number first.")
final class TaskCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TITLE",
      description = "1 to 200 characters; several words become one title.")
  private List<String> title = new ArrayList<>();

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "At most 8,000 characters, Markdown.")
  private String description = "";

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "How urgent: ${COMPLETION-CANDIDATES}. Default: medium.")
  private Priority priority = Priority.MEDIUM;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "When it is to be done, such as 2026-12-24T18:00:00Z.")
  private @Nullable String deadline;

  @Option(
      names = "--message",
      paramLabel = "N",
      description = "Sequence of a chat message that belongs to it. Repeatable.")
  private List<Long> context = new ArrayList<>();

  TaskCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      CreateTaskRequest.Builder request =
          CreateTaskRequest.newBuilder()
              .setRoomId(id)
              .setTitle(String.join(" ", title))
              .setDescription(description)
              .setPriority(priority.asked())
              .addAllContext(context);
      if (deadline != null) {
        request.setDeadline(time(deadline));
      }
      Task made = client.tasks().create(request.build());
      output.answer(
          MessageFields.of(made),
          """
          %d
          Task %d is %s%s.\
          """
              .formatted(
                  made.getTaskId(),
                  made.getTaskId(),
                  RoomFields.state(made),
                  made.hasAssignee() ? " with " + RoomFields.name(made.getAssignee()) : ""));
    }
  }

  private static Timestamp time(String text) {
    try {
      return Timestamp.newBuilder().setSeconds(Instant.parse(text).getEpochSecond()).build();
    } catch (DateTimeParseException e) {
      throw new Failure(
          ExitCode.USAGE,
          "'%s' is no time. Expected such as 2026-12-24T18:00:00Z.".formatted(text),
          e);
    }
  }

  /** How urgent a task is. */
  enum Priority {
    LOW,
    MEDIUM,
    HIGH;

    TaskPriority asked() {
      return switch (this) {
        case LOW -> TaskPriority.TASK_PRIORITY_LOW;
        case MEDIUM -> TaskPriority.TASK_PRIORITY_MEDIUM;
        case HIGH -> TaskPriority.TASK_PRIORITY_HIGH;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
