package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "snapshot-rm",
    description = "Remove a snapshot; sandboxes that were made from it keep their files.")
final class SnapshotRemoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Id or name of the snapshot.")
  private String snapshot = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean sure;

  SnapshotRemoveCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Snapshot found = SnapshotFields.find(client, snapshot);
      if (!sure
          && !new Prompt(shell)
              .agrees(
                  "Remove snapshot %s (%s)?".formatted(found.getName(), found.getSnapshotId()),
                  "Give --yes to remove it.")) {
        throw new Failure(ExitCode.FAILED, "Nothing was removed.");
      }
      client.sandboxes().snapshots().delete(found.getSnapshotId());
      output.answer(
          Json.object("snapshot_id", found.getSnapshotId()),
          "Removed snapshot " + found.getSnapshotId() + ".");
    }
  }
}
