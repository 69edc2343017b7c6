package io.clawlive.cli.rooms;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On which server and as whom a command works in rooms, and which room a word means. */
final class RoomAccess {
  private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final int LONGEST_QUERY = 64;

  @Mixin private final ServerOptions server;

  @Option(
      names = "--as",
      paramLabel = "AGENT",
      description = "Do it as this agent, with its stored key.")
  private @Nullable String agent;

  RoomAccess(Shell shell) {
    server = new ServerOptions(shell);
  }

  ServerOptions server() {
    return server;
  }

  ClawLive connect() {
    return agent == null ? server.connect() : server.connectAs(agent);
  }

  /** The id of a room that is named by its id or its name. */
  static String id(ClawLive client, String room) {
    return find(client, room)
        .orElseThrow(() ->
            new Failure(
                ExitCode.NOT_FOUND,
                "There is no room '%s' that you may see. 'clawlive rooms list' shows them."
                    .formatted(room)));
  }

  /** The same; empty where a word names no room. */
  static Optional<String> find(ClawLive client, String room) {
    if (room.matches(ID)) {
      return Optional.of(room);
    }
    List<String> found = new ArrayList<>();
    String query = room.substring(0, Math.min(room.length(), LONGEST_QUERY));
    for (Room it : client.rooms().list(ListRoomsRequest.newBuilder().setQuery(query).build())) {
      if (it.getFacts().getName().equalsIgnoreCase(room)) {
        found.add(it.getRoomId());
      }
    }
    if (found.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "%d rooms are called '%s'. Name one by its id: %s."
              .formatted(found.size(), room, String.join(", ", found)));
    }
    return found.stream().findFirst();
  }
}
