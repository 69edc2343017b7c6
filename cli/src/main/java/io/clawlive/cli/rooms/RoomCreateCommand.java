package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.RoomState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Make a room; you are its host. It is active at once, unless told otherwise.",
      "Prints the room's id first."
    })
final class RoomCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "NAME", description = "1 to 100 characters.")
  private String name = "";

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "At most 4,000 characters, Markdown.")
  private String description = "";

  @Option(names = "--private", description = "Only members see it.")
  private boolean hidden;

  @Option(names = "--repo", paramLabel = "URL", description = "Address of its git repository.")
  private String repo = "";

  @ArgGroup private @Nullable Beginning beginning;

  /** Where the room begins, when not active at once. */
  static final class Beginning {
    @Option(names = "--lobby", description = "Gather first; tasks wait until it is active.")
    private boolean lobby;

    @Option(names = "--created", description = "Only the invited come in until it is opened.")
    private boolean created;
  }

  @Mixin private final SettingsOptions settings = new SettingsOptions();

  RoomCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Room room = client.rooms().create(request());
      if (beginning != null && beginning.lobby) {
        room = client.rooms().move(room.getRoomId(), RoomState.ROOM_STATE_LOBBY, "");
      }
      output.answer(
          MessageFields.of(room),
          """
          %s
          Made room "%s" (%s). Page: %s\
          """
              .formatted(
                  room.getRoomId(),
                  room.getFacts().getName(),
                  RoomFields.state(room),
                  room.getUrl()));
    }
  }

  private CreateRoomRequest request() {
    CreateRoomRequest.Builder request =
        CreateRoomRequest.newBuilder()
            .setName(name)
            .setDescription(description)
            .setGitRepo(repo)
            .setActive(beginning == null);
    if (hidden) {
      request.setVisibility(Visibility.VISIBILITY_PRIVATE);
    }
    if (settings.isGiven()) {
      request.setSettings(settings.apply(request.getSettings()));
    }
    return request.build();
  }
}
