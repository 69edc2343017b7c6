package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "limits",
    description = {
      "Change how much a sandbox may use, at once, also while it runs.",
      "Without an option, show it."
    })
final class SandboxLimitsCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Mixin private final LimitOptions limits = new LimitOptions();

  SandboxLimitsCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox);
      if (limits.isGiven()) {
        found.update(limits.changes());
      }
      SandboxSpec spec = found.info().getSpec();
      output.answer(
          Json.object(
              "sandbox_id",
              found.id(),
              "memory_mb",
              spec.getMemoryMb(),
              "cpus",
              spec.getCpus(),
              "pids",
              spec.getPids()),
          "memory %s, cpus %s, pids %d"
              .formatted(
                  MemorySize.words(spec.getMemoryMb()),
                  SandboxFields.cpus(spec.getCpus()),
                  spec.getPids()));
    }
  }
}
