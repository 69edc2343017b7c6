package io.clawlive.cli.rooms;

import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.Room;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.UnsupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chat",
    description = {
      "Talk in a room or beside a session.",
      "",
      "With words, says them. Without, at a terminal and in a room: shows what was said last and"
          + " goes on;",
      "every line you type is sent, '/task …' makes a task, /quit ends. Lines on standard input are"
          + " sent",
      "one by one. Without either, lists what was said last.",
      ""
    })
final class ChatCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "ID", description = "Room, by id or name, or session.")
  private String place = "";

  @Parameters(
      index = "1..*",
      paramLabel = "MESSAGE",
      description = "1 to 4,000 characters, Markdown; several words become one message.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Show so many messages, at most 200. Default: 50 for a list, 20 before going on.")
  private int limit;

  @Option(names = "--read-only", description = "In a room: send nothing.")
  private boolean readOnly;

  @Option(
      names = "--follow",
      description = "In a room without a terminal: go on showing what is said.")
  private boolean follow;

  private final Shell shell;

  ChatCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Optional<Room> room = room(client);
      if (room.isPresent()) {
        inRoom(client, room.get());
        return;
      }
    }
    SessionChat session = new SessionChat(output, access, SessionChoice.checked(place));
    if (words.isEmpty()) {
      session.list(limit == 0 ? 50 : limit);
    } else {
      session.send(String.join(" ", words));
    }
  }

  private Optional<Room> room(ClawLive client) {
    try {
      Optional<String> id = RoomAccess.find(client, place);
      if (id.isEmpty()) {
        throw new Failure(
            ExitCode.USAGE,
            "'%s' is neither a room that you may see nor a session id. 'clawlive rooms list' and 'clawlive sessions' show them."
                .formatted(place));
      }
      return Optional.of(client.rooms().get(id.get()));
    } catch (NotFoundException | UnsupportedException session) {
      return Optional.empty();
    }
  }

  private void inRoom(ClawLive client, Room room) {
    RoomTalk talk = new RoomTalk(client, room, output, shell);
    if (!words.isEmpty()) {
      talk.say(String.join(" ", words));
    } else if (shell.terminal().present() || follow) {
      talk.live(limit == 0 ? 20 : limit, !readOnly, shell.terminal().present());
    } else if (readOnly || !talk.sayLines()) {
      talk.list(limit == 0 ? 50 : limit);
    }
  }
}
