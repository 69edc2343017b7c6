package io.clawlive.cli.sandbox;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fork",
    description = {
      "Make a new sandbox with the files of a snapshot and start it.",
      "Prints its id at once and ends when it runs."
    })
final class SnapshotForkCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Id or name of the snapshot.")
  private String snapshot = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of the new sandbox. Default: one made up by the server.")
  private String name = "";

  @Mixin private final Progress progress = new Progress();

  SnapshotForkCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = SnapshotFields.find(client, snapshot).getSnapshotId();
      Sandbox made = client.sandboxes().snapshots().fork(id, name).keep();
      if (!output.json()) {
        output.println(made.id());
      }
      var now = progress.until(Goal.RUNNING, made, output);
      if (output.json()) {
        output.answer(MessageFields.of(now), "");
      }
    }
  }
}
