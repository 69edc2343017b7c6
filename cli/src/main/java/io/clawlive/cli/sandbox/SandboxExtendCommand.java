package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sdk.ClawLive;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "extend", description = "Let a sandbox live so long from now.")
final class SandboxExtendCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Parameters(
      index = "1",
      paramLabel = "TIME",
      converter = Span.Lease.class,
      description = "10s to 30d, such as 12h.")
  private Duration lease = Duration.ofDays(1);

  SandboxExtendCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      var now = SandboxAccess.find(client, sandbox).extend(lease).info();
      output.answer(
          MessageFields.of(now),
          now.hasLeaseEndsAt()
              ? "Sandbox %s lives until %s."
                  .formatted(now.getSandboxId(), SandboxFields.time(now.getLeaseEndsAt()))
              : "Sandbox %s will live for %d s once it is started."
                  .formatted(now.getSandboxId(), lease.toSeconds()));
    }
  }
}
