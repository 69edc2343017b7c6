package io.clawlive.cli.sandbox;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Put a sandbox back to what it was when a snapshot was made of it: what runs in it is"
          + " killed,",
      "its files are replaced. Where it was removed, one of the same name is made."
    })
final class SnapshotRestoreCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Id or name of the snapshot.")
  private String snapshot = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean sure;

  @Mixin private final Progress progress = new Progress();

  SnapshotRestoreCommand(Shell shell) {
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
                  "Replace the files of sandbox %s (%s)?"
                      .formatted(found.getSandboxName(), found.getSandboxId()),
                  "Give --yes to replace them.")) {
        throw new Failure(ExitCode.FAILED, "Nothing was restored.");
      }
      Sandbox there = client.sandboxes().snapshots().restore(found.getSnapshotId());
      if (!output.json()) {
        output.println(there.id());
      }
      var now = progress.until(Goal.RESTORED, there, output);
      if (output.json()) {
        output.answer(MessageFields.of(now), "");
      }
    }
  }
}
