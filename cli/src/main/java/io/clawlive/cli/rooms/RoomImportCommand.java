package io.clawlive.cli.rooms;

import com.google.protobuf.ByteString;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.ImportRoomResponse;
import io.clawlive.rooms.v1.RecordingDifference;
import io.clawlive.sdk.ClawLive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Make a completed room from a recording and print what its events add up to.",
      "What the recording claims otherwise is told on standard error, and the exit code is 1; the"
          + " room",
      "is made all the same."
    })
final class RoomImportCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;

  @Parameters(index = "0", paramLabel = "FILE", description = "JSON, at most 1 MiB.")
  private Path file = Path.of("");

  @Option(names = "--public", description = "Everybody sees the room; without it only you.")
  private boolean open;

  RoomImportCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public Integer call() {
    try (ClawLive client = access.connect()) {
      ImportRoomResponse made =
          client
              .rooms()
              .importRecording(
                  ImportRoomRequest.newBuilder()
                      .setRecording(ByteString.copyFrom(read()))
                      .setVisibility(
                          open ? Visibility.VISIBILITY_PUBLIC : Visibility.VISIBILITY_PRIVATE)
                      .build());
      tell(made);
      if (made.getDifferencesCount() == 0) {
        return ExitCode.OK.code();
      }
      output.flush();
      output.notice("The recording claims totals that its events do not have:");
      for (RecordingDifference it : made.getDifferencesList()) {
        output.notice(
            "  %s: claimed %d, computed %d."
                .formatted(it.getName(), it.getClaimed(), it.getComputed()));
      }
      return ExitCode.FAILED.code();
    }
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE, "%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private void tell(ImportRoomResponse made) {
    if (output.json()) {
      output.answer(
          Json.object(
              "room", MessageFields.of(made.getRoom()),
              "totals", made.getTotalsMap(),
              "differences", made.getDifferencesList().stream().map(MessageFields::of).toList()),
          "");
      return;
    }
    output.println(made.getRoom().getRoomId());
    Table table = new Table("TOTAL", "COUNT");
    List<Map<String, Object>> totals = new ArrayList<>();
    made.getTotalsMap().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> {
          table.row(it.getKey(), it.getValue());
          totals.add(Json.object("name", it.getKey(), "count", it.getValue()));
        });
    output.answer(totals, table);
  }
}
