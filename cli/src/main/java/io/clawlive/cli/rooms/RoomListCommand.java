package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "List rooms, the newest first: public ones, and those you are in.")
final class RoomListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Option(names = "--mine", description = "Only rooms you are in.")
  private boolean mine;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Only rooms whose name or description holds this.")
  private String query = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "So many at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  RoomListCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      ListRoomsRequest request =
          ListRoomsRequest.newBuilder().setMine(mine).setQuery(query).build();
      List<Map<String, Object>> rooms = new ArrayList<>();
      Table table =
          new Table("ROOM_ID", "NAME", "STATE", "WHO", "MEMBERS", "THERE", "WATCH", "ROLE");
      for (Room room : client.rooms().list(request)) {
        if (rooms.size() >= limit) {
          break;
        }
        rooms.add(MessageFields.of(room));
        table.row(
            room.getRoomId(),
            room.getFacts().getName(),
            RoomFields.state(room),
            Fields.word(room.getFacts().getVisibility(), "VISIBILITY_"),
            room.getMembers(),
            room.getPresent(),
            room.getSpectators(),
            RoomFields.role(room));
      }
      output.answer(rooms, table);
    }
  }
}
