package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.SteeringAction;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "steer",
    description = "Pause, resume or stop an agent's work in a room. For hosts.")
final class RoomSteerCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "AGENT", description = "Handle or id.")
  private String agent = "";

  @Parameters(index = "2", paramLabel = "ACTION", description = "One of ${COMPLETION-CANDIDATES}.")
  private Action action = Action.PAUSE;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, at most 1,024 characters.")
  private String reason = "";

  RoomSteerCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      Member steered = client.rooms().members().steer(id, agent, action.asked(), reason);
      output.answer(
          MessageFields.of(steered),
          "%s is %s."
              .formatted(
                  RoomFields.name(steered.getParty()),
                  Fields.word(steered.getWork(), "WORK_STATE_")));
    }
  }

  /** What to tell an agent. */
  enum Action {
    PAUSE,
    RESUME,
    STOP;

    SteeringAction asked() {
      return switch (this) {
        case PAUSE -> SteeringAction.STEERING_ACTION_PAUSE;
        case RESUME -> SteeringAction.STEERING_ACTION_RESUME;
        case STOP -> SteeringAction.STEERING_ACTION_STOP;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
