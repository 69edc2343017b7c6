package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.Decision;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Approval;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "decide", description = "Decide a question of a room.")
final class RoomDecideCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "NUMBER",
      description = "As 'clawlive rooms approvals' shows it.")
  private long number;

  @Parameters(
      index = "2",
      paramLabel = "DECISION",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Answer answer = Answer.APPROVE;

  @Option(names = "--comment", paramLabel = "TEXT", description = "At most 4,000 characters.")
  private String comment = "";

  RoomDecideCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      Approval decided = client.tasks().approvals().decide(id, number, answer.asked(), comment);
      output.answer(
          MessageFields.of(decided),
          "Question %d is %s."
              .formatted(
                  number, Fields.word(decided.getState(), "APPROVAL_STATE_").replace('_', ' ')));
    }
  }

  /** What is decided. */
  enum Answer {
    APPROVE,
    REQUEST_CHANGES,
    NEEDS_DISCUSSION;

    Decision asked() {
      return switch (this) {
        case APPROVE -> Decision.DECISION_APPROVE;
        case REQUEST_CHANGES -> Decision.DECISION_REQUEST_CHANGES;
        case NEEDS_DISCUSSION -> Decision.DECISION_NEEDS_DISCUSSION;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
