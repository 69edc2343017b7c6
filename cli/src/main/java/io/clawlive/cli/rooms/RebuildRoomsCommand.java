package io.clawlive.cli.rooms;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.RebuildRoomsResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.RoomsRebuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rooms",
    description = {
      "Make the tables of rooms anew from the log, room by room.",
      "Prints what was not as the log has it; with --compare that is all, and the exit code is 1",
      "where there was something."
    })
final class RebuildRoomsCommand implements Callable<Integer> {
  private static final int NOTICE_EVERY = 50;

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(names = "--compare", description = "Only compare, and change nothing.")
  private boolean compare;

  @Option(names = "--room", paramLabel = "ID", description = "Only this room.")
  private String room = "";

  RebuildRoomsCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() {
    int done = 0;
    List<Map<String, Object>> different = new ArrayList<>();
    RebuildRoomsRequest request =
        RebuildRoomsRequest.newBuilder().setCompareOnly(compare).setRoomId(room).build();
    try (ClawLive client = server.connectAsAdmin();
        RoomsRebuild rebuild = client.rooms().rebuild(request)) {
      for (RebuildRoomsResponse it : rebuild) {
        done = it.getDone();
        if (it.getDifferencesCount() > 0) {
          different.add(
              Json.object("room_id", it.getRoomId(), "differences", it.getDifferencesList()));
        }
        if (done % NOTICE_EVERY == 0 || done == it.getRooms()) {
          output.notice("%d of %d rooms.".formatted(done, it.getRooms()));
        }
      }
    }
    tell(done, different);
    return compare && !different.isEmpty() ? ExitCode.FAILED.code() : ExitCode.OK.code();
  }

  private void tell(int done, List<Map<String, Object>> different) {
    StringBuilder words = new StringBuilder();
    for (Map<String, Object> it : different) {
      words.append("Room %s:%n".formatted(it.get("room_id")));
      ((List<?>) it.getOrDefault("differences", List.of()))
          .forEach(row -> words.append("  ").append(row).append('\n'));
    }
    words.append(
        "%s %d rooms; %d differed from the log."
            .formatted(compare ? "Compared" : "Rebuilt", done, different.size()));
    output.answer(
        Json.object("rooms", done, "compare_only", compare, "different", different),
        words.toString());
  }
}
