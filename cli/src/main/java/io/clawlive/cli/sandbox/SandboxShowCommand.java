package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show all about a sandbox.")
final class SandboxShowCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  SandboxShowCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      SandboxFields.show(SandboxAccess.find(client, sandbox).info(), output);
    }
  }
}
