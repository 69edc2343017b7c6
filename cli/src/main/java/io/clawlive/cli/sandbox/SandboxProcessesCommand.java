package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ps",
    description =
        "List the programs that 'exec' started in a sandbox and that run, the oldest first.")
final class SandboxProcessesCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Option(
      names = {"-a", "--all"},
      description = "Also those that ended less than ten minutes ago.")
  private boolean all;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  SandboxProcessesCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      List<Map<String, Object>> processes = new ArrayList<>();
      Table table = ProcessFields.table();
      for (Process process : SandboxAccess.find(client, sandbox).processes()) {
        if (all || !process.hasExited()) {
          processes.add(MessageFields.of(process));
          ProcessFields.row(process, table);
        }
      }
      output.answer(processes, table);
    }
  }
}
