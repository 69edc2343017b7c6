package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = {
      "Show what happens in a room, one line an event, and go on until it is deleted.",
      "You see what your audience may; what is hidden leaves holes in the numbers."
    })
final class RoomWatchCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "Begin with the N newest events, at most 100,000.")
  private @Nullable Integer tail;

  @Option(names = "--from", paramLabel = "N", description = "Begin with this sequence, from 1.")
  private @Nullable Long from;

  @Option(
      names = "--type",
      paramLabel = "T",
      description =
          "Only of this type: chat, chat_change, reaction, room, member, presence, task, progress,"
              + " approval, steering, invitation. Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--no-follow",
      description = "End after what is stored instead of waiting for more.")
  private boolean noFollow;

  RoomWatchCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect();
        EventStream stream = client.rooms().watch(RoomAccess.id(client, room), options())) {
      EventPrinter.ofRoom(output, shell).printAll(stream);
    }
  }

  private WatchOptions options() {
    WatchOptions start =
        tail != null
            ? WatchOptions.tail(tail)
            : WatchOptions.after(from == null ? 0 : Math.max(0, from - 1));
    WatchOptions options =
        start.withKinds(types).onConnection(new ConnectionNotices(output, "Trying again."));
    return noFollow ? options.withStopWhenCaughtUp() : options;
  }
}
