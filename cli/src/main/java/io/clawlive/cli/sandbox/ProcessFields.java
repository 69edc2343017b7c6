package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Table;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.cli.view.Fields;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sdk.Sandbox;
import java.time.Instant;

/** Programs that were started in sandboxes, as tables show them. */
final class ProcessFields {
  private ProcessFields() {}

  /** The newest that is called so. */
  static Process find(Sandbox sandbox, String pidOrTag) {
    return sandbox.processes().reversed().stream()
        .filter(process ->
            pidOrTag.equals(Integer.toUnsignedString(process.getPid()))
                || pidOrTag.equals(process.getTag()))
        .findFirst()
        .orElseThrow(() -> SandboxAttachCommand.unknown(pidOrTag));
  }

  static Table table() {
    return new Table("PID", "TAG", "STATE", "STARTED", "WRITTEN", "COMMAND");
  }

  static void row(Process process, Table table) {
    Instant started = Fields.time(process.getStartedAt());
    table.row(
        Integer.toUnsignedString(process.getPid()),
        process.getTag().isEmpty() ? "-" : process.getTag(),
        state(process),
        started == null ? "-" : started.toString(),
        SandboxStatsCommand.bytes(process.getPosition()),
        TerminalText.safe(String.join(" ", process.getCommandList()), false));
  }

  private static String state(Process process) {
    if (!process.hasExited()) {
      return process.getTerminal() ? "running, terminal" : "running";
    }
    return process.getExited().getSignal() == 0
        ? "exit code " + process.getExited().getCode()
        : "killed by signal " + process.getExited().getSignal();
  }
}
