package io.clawlive.cli.doctor;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clawlive doctor}. */
@Command(
    name = "doctor",
    description = {
      "Check Java, CLAWLIVE_HOME, disk, server, credential, clock and what runs sandboxes, and say"
          + " what to do.",
      "Ends with 1 when a check fails."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  /** For this shell. */
  public DoctorCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>(new MachineChecks(server.home()).run());
    checks.addAll(new ServerChecks(server).run());
    boolean ok = checks.stream().noneMatch(check -> check.status() == Check.Status.FAIL);
    if (output.json()) {
      output.answer(
          Json.object("ok", ok, "checks", checks.stream().map(Check::fields).toList()), "");
    } else {
      Table table = new Table("CHECK", "STATUS", "FOUND");
      checks.forEach(check -> table.row(check.name(), check.status(), check.detail()));
      output.answer(List.of(), table);
      checks.stream()
          .filter(check -> !check.remedy().isEmpty())
          .forEach(check -> output.println(check.name() + ": " + check.remedy()));
    }
    return ok ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }
}
