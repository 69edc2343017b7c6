package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sandbox.v1.ListFilesResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SandboxFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    description = "List a folder of a sandbox that runs, or show one file: SANDBOX[:/path].")
final class SandboxFilesCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(
      index = "0",
      paramLabel = "SANDBOX:/path",
      description = "What to list. Default: /workspace.")
  private String place = "";

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many levels, 1 to 32. Default: ${DEFAULT-VALUE}.")
  private int depth;

  SandboxFilesCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    if (!(new Place.Form().convert(place.contains(":") ? place : place + ":")
        instanceof Place.Inside inside)) {
      throw new Failure(
          ExitCode.USAGE,
          "'%s' is no place in a sandbox. Expected SANDBOX:/path.".formatted(place));
    }
    try (ClawLive client = access.connect()) {
      SandboxFiles files = SandboxAccess.find(client, inside.sandbox()).files();
      FileEntry at = files.stat(Place.bare(inside.path()));
      ListFilesResponse listed =
          at.getType() == FileType.FILE_TYPE_FOLDER || inside.path().endsWith("/")
              ? files.list(inside.path(), depth)
              : ListFilesResponse.newBuilder().addEntries(at).build();
      show(inside.path(), listed);
    }
  }

  private void show(String folder, ListFilesResponse listed) {
    List<Map<String, Object>> entries = new ArrayList<>();
    Table table = new Table("MODE", "OWNER", "SIZE", "MODIFIED", "NAME");
    String begin = folder.endsWith("/") ? folder : folder + "/";
    for (FileEntry entry : listed.getEntriesList()) {
      entries.add(MessageFields.of(entry));
      String path = entry.getPath();
      String name = path.startsWith(begin) ? path.substring(begin.length()) : path;
      table.row(
          kind(entry.getType()) + Modes.words(entry.getMode()),
          entry.getUid() + ":" + entry.getGid(),
          entry.getType() == FileType.FILE_TYPE_FILE ? Long.toString(entry.getSize()) : "-",
          SandboxFields.time(entry.getModifiedAt()),
          TerminalText.safe(
              entry.getLinkTarget().isEmpty() ? name : name + " -> " + entry.getLinkTarget(),
              false));
    }
    output.answer(entries, table);
    if (listed.getTruncated()) {
      output.notice("There is more; these are the first %,d.".formatted(entries.size()));
    }
  }

  private static char kind(FileType type) {
    return switch (type) {
      case FILE_TYPE_FILE -> '-';
      case FILE_TYPE_FOLDER -> 'd';
      case FILE_TYPE_LINK -> 'l';
      case FILE_TYPE_OTHER, FILE_TYPE_UNSPECIFIED, UNRECOGNIZED -> '?';
    };
  }
}
