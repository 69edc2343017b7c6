package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.ListSnapshotsRequest;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "snapshots",
    description = "List your snapshots and those of your agents, the newest first.")
final class SnapshotListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SANDBOX",
      description = "Only those of this sandbox: its name, or its id where it is gone.")
  private @Nullable String sandbox;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "So many at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  SnapshotListCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      List<Map<String, Object>> snapshots = new ArrayList<>();
      Table table = SnapshotFields.table();
      for (Snapshot snapshot :
          client.sandboxes().snapshots().list(ListSnapshotsRequest.getDefaultInstance())) {
        if (snapshots.size() >= limit) {
          break;
        }
        if (sandbox == null
            || sandbox.equals(snapshot.getSandboxName())
            || sandbox.equals(snapshot.getSandboxId())) {
          snapshots.add(MessageFields.of(snapshot));
          SnapshotFields.row(snapshot, table);
        }
      }
      output.answer(snapshots, table);
    }
  }
}
