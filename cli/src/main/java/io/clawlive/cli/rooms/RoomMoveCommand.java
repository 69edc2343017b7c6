package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.Room;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.RoomState;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description =
        "Move a room on: created, lobby, active and paused in turn, completed. For hosts.")
final class RoomMoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "STATE",
      description = "Where to: ${COMPLETION-CANDIDATES}.")
  private Goal state = Goal.ACTIVE;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, at most 1,024 characters.")
  private String reason = "";

  RoomMoveCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      Room moved = client.rooms().move(id, state.asked(), reason);
      output.answer(
          MessageFields.of(moved), "Room %s is %s.".formatted(id, RoomFields.state(moved)));
    }
  }

  /** Where a room can go. */
  enum Goal {
    LOBBY,
    ACTIVE,
    PAUSED,
    COMPLETED;

    RoomState asked() {
      return switch (this) {
        case LOBBY -> RoomState.ROOM_STATE_LOBBY;
        case ACTIVE -> RoomState.ROOM_STATE_ACTIVE;
        case PAUSED -> RoomState.ROOM_STATE_PAUSED;
        case COMPLETED -> RoomState.ROOM_STATE_COMPLETED;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
