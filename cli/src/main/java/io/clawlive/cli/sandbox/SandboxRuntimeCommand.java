package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.GetRuntimeStatusResponse;
import io.clawlive.sandbox.v1.GetSandboxMetricsResponse;
import io.clawlive.sandbox.v1.Runtime;
import io.clawlive.sdk.ClawLive;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "runtime",
    description = "Show what runs sandboxes on the server, what it cannot do, and its images.")
final class SandboxRuntimeCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  SandboxRuntimeCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      GetRuntimeStatusResponse status = client.sandboxes().runtime();
      GetSandboxMetricsResponse metrics = client.sandboxes().metrics();
      if (output.json()) {
        output.answer(
            Json.object("runtime", MessageFields.of(status), "metrics", MessageFields.of(metrics)),
            "");
        return;
      }
      Table table = new Table("RUNTIME", "USED", "VERSION", "MACHINE", "MESSAGE");
      for (Runtime runtime : status.getRuntimesList()) {
        table.row(
            runtime.getName(),
            runtime.getName().equals(status.getActive())
                ? "yes"
                : runtime.getUsable() ? "no" : "not usable",
            runtime.getVersion().isEmpty() ? "-" : runtime.getVersion(),
            "%d processors, %s"
                .formatted(
                    runtime.getProcessors(), MemorySize.words(runtime.getMemoryBytes() >> 20)),
            runtime.getMessage());
      }
      output.answer(List.of(), table);
      for (Runtime runtime : status.getRuntimesList()) {
        runtime
            .getMissingList()
            .forEach(sentence -> output.println(runtime.getName() + ": " + sentence));
      }
      output.println("default image: " + status.getDefaultImage());
      output.println("images: " + String.join(" ", status.getImagesList()));
      output.println(
          "sandboxes: %d, running %d with %s and %s processors, failed %d, ports taken %d"
              .formatted(
                  metrics.getSandboxes(),
                  metrics.getRunning(),
                  MemorySize.words(metrics.getMemoryMb()),
                  SandboxFields.cpus(metrics.getCpus()),
                  metrics.getFailed(),
                  metrics.getPorts()));
    }
  }
}
