package io.clawlive.cli.sandbox;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Remove a sandbox and its files, running or not.")
final class SandboxRemoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean sure;

  @Mixin private final Progress progress = new Progress();

  SandboxRemoveCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox);
      if (!sure
          && !new Prompt(shell)
              .agrees(
                  "Remove sandbox %s (%s) and its files?".formatted(found.name(), found.id()),
                  "Give --yes to remove it.")) {
        throw new Failure(ExitCode.FAILED, "Nothing was removed.");
      }
      found.delete();
      var unused = progress.until(Goal.DELETED, found, output);
      output.answer(Json.object("sandbox_id", found.id()), "Removed sandbox " + found.id() + ".");
    }
  }
}
