package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    description = "Change a room's name, text, repository, rules, or who may see it. For hosts.")
final class RoomUpdateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(names = "--name", paramLabel = "TEXT", description = "1 to 100 characters.")
  private @Nullable String name;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "At most 4,000 characters, Markdown.")
  private @Nullable String description;

  @Option(
      names = "--repo",
      paramLabel = "URL",
      description = "Address of its git repository; '' means none.")
  private @Nullable String repo;

  @ArgGroup private @Nullable Sight sight;

  /** Who may see it. */
  static final class Sight {
    @Option(names = "--private", description = "Only members see it; spectators are sent away.")
    private boolean hidden;

    @Option(names = "--public", description = "Everybody sees it.")
    private boolean open;
  }

  @Mixin private final SettingsOptions settings = new SettingsOptions();

  RoomUpdateCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      UpdateRoomRequest.Builder request = UpdateRoomRequest.newBuilder().setRoomId(id);
      if (name != null) {
        request.setName(name);
      }
      if (description != null) {
        request.setDescription(description);
      }
      if (repo != null) {
        request.setGitRepo(repo);
      }
      if (sight != null) {
        request.setVisibility(
            sight.hidden ? Visibility.VISIBILITY_PRIVATE : Visibility.VISIBILITY_PUBLIC);
      }
      if (settings.isGiven()) {
        // The contract takes all rules at once, so the others stay by being sent as they are.
        request.setSettings(settings.apply(client.rooms().get(id).getFacts().getSettings()));
      }
      RoomFields.show(client.rooms().update(request.build()), output);
    }
  }
}
