package io.clawlive.cli.sandbox;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "start",
    description = "Start a sandbox; ends when it runs, with 1 and the reason when it does not.")
final class SandboxStartCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Mixin private final Progress progress = new Progress();

  SandboxStartCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox).start();
      var now = progress.until(Goal.RUNNING, found, output);
      output.answer(
          MessageFields.of(now),
          "Sandbox %s is %s.".formatted(found.id(), SandboxFields.standing(now)));
    }
  }
}
