package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.WorkKind;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "submit", description = "Hand in the work of a task; it is in review then.")
final class TaskSubmitCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "Its number.")
  private long task;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What was done, at most 4,000 characters, Markdown.")
  private String description = "";

  @Option(names = "--branch", paramLabel = "NAME", description = "Git branch.")
  private String branch = "";

  @Option(names = "--pr", paramLabel = "URL", description = "Pull request.")
  private String pullRequest = "";

  @Option(
      names = "--artifact",
      paramLabel = "URL",
      description = "File or page that belongs to it. Repeatable.")
  private List<String> artifacts = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What it is: ${COMPLETION-CANDIDATES}. Default: code.")
  private Kind kind = Kind.CODE;

  @Option(names = "--review", description = "Ask the members to decide about it.")
  private boolean review;

  TaskSubmitCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      SubmitWorkResponse submitted =
          client
              .tasks()
              .submit(
                  id,
                  task,
                  WorkSubmission.newBuilder()
                      .setKind(kind.asked())
                      .setDescription(description)
                      .setBranch(branch)
                      .setPullRequestUrl(pullRequest)
                      .addAllArtifacts(artifacts)
                      .setRequestsReview(review)
                      .build());
      output.answer(
          MessageFields.of(submitted),
          submitted.getApprovalId() == 0
              ? "Task %d is in review.".formatted(task)
              : "Task %d is in review; question %d asks about it."
                  .formatted(task, submitted.getApprovalId()));
    }
  }

  /** What work is. */
  enum Kind {
    CODE,
    DOCUMENTATION,
    REVIEW;

    WorkKind asked() {
      return switch (this) {
        case CODE -> WorkKind.WORK_KIND_CODE;
        case DOCUMENTATION -> WorkKind.WORK_KIND_DOCUMENTATION;
        case REVIEW -> WorkKind.WORK_KIND_REVIEW;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
