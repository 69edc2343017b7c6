package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SandboxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "cp",
    description = {
      "Copy files and folders into a sandbox that runs, or out of it. One side is SANDBOX:/path.",
      "",
      "A folder that is there gets what is copied into it; else the path is its new name. Modes"
          + " are",
      "kept, links are left out and told. '-' is standard input or output, for one file. Every"
          + " file",
      "takes its name in one step when it is whole; a lost connection goes on where it was.",
      ""
    })
final class SandboxCopyCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      converter = Place.Form.class,
      description = "SANDBOX:/path, a path of this machine, or -.")
  private Place from = new Place.Stream();

  @Parameters(
      index = "1",
      paramLabel = "TO",
      converter = Place.Form.class,
      description = "The same.")
  private Place to = new Place.Stream();

  SandboxCopyCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public Integer call() throws IOException {
    Transfer transfer = new Transfer(output);
    try (ClawLive client = access.connect()) {
      if (from instanceof Place.Inside source && !(to instanceof Place.Inside)) {
        out(files(client, source), source.path(), transfer);
      } else if (to instanceof Place.Inside target && !(from instanceof Place.Inside)) {
        Upload upload = new Upload(files(client, target), transfer);
        switch (from) {
          case Place.Here here -> upload.copy(Path.of(here.path()), target.path());
          case Place.Stream stream -> upload.copy(shell.in(), target.path());
          case Place.Inside inside -> throw sides();
        }
      } else {
        throw sides();
      }
    }
    if (!(to instanceof Place.Stream)) {
      output.answer(
          Json.object(
              "files", transfer.files(), "bytes", transfer.bytes(), "skipped", transfer.skipped()),
          "Copied %,d files, %s."
              .formatted(transfer.files(), SandboxStatsCommand.bytes(transfer.bytes())));
    }
    return ExitCode.OK.code();
  }

  private void out(SandboxFiles files, String path, Transfer transfer) throws IOException {
    switch (to) {
      case Place.Here here -> new Download(files, transfer).copy(path, here.path());
      case Place.Stream stream -> {
        try (InputStream content = files.read(path)) {
          stream(content);
        }
      }
      case Place.Inside inside -> throw sides();
    }
  }

  private void stream(InputStream content) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      try {
        shell.out().write(buffer, 0, n);
        shell.out().flush();
      } catch (IOException closed) {
        throw new OutputClosed();
      }
    }
  }

  private static SandboxFiles files(ClawLive client, Place.Inside place) {
    return SandboxAccess.find(client, place.sandbox()).files();
  }

  private static Failure sides() {
    return new Failure(
        ExitCode.USAGE,
        "One side is in a sandbox and the other is not: cp SANDBOX:/path FILE, or the other way"
            + " round.");
  }
}
