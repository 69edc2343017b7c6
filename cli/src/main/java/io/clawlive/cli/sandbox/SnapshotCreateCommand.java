package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sdk.ClawLive;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "snapshot",
    description = {
      "Keep the files of a sandbox as they are now, running or stopped; programs are not in it.",
      "Prints its id at once and ends when it is ready. 'restore' and 'fork' use it."
    })
final class SnapshotCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Option(names = "--no-wait", description = "End at once instead of when it is ready.")
  private boolean noWait;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = Span.class,
      description = "Longest wait, such as 30s or 10m. Default: ${DEFAULT-VALUE}.")
  private Duration longest = Duration.ofMinutes(10);

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "What to call it, at most 128 characters.")
  private String name = "";

  SnapshotCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Snapshot made = SandboxAccess.find(client, sandbox).snapshot(name);
      if (!output.json()) {
        output.println(made.getSnapshotId());
      }
      if (!noWait) {
        made = client.sandboxes().snapshots().awaitReady(made.getSnapshotId(), longest);
      }
      if (output.json()) {
        output.answer(MessageFields.of(made), "");
      }
    }
  }
}
