package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.cli.view.Fields;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotVolume;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Snapshots, as tables show them, and which one a word means. */
final class SnapshotFields {
  private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private SnapshotFields() {}

  /** The snapshot that is named by its id or its name. */
  static Snapshot find(ClawLive client, String named) {
    if (named.matches(ID)) {
      return client.sandboxes().snapshots().get(named);
    }
    List<Snapshot> found = new ArrayList<>();
    for (Snapshot snapshot : client.sandboxes().snapshots().list()) {
      if (snapshot.getName().equals(named)) {
        found.add(snapshot);
      }
    }
    if (found.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "There is no snapshot '%s' of yours. 'clawlive sandbox snapshots' shows them."
              .formatted(named));
    }
    if (found.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "%d snapshots are called '%s'. Name one by its id: %s."
              .formatted(
                  found.size(),
                  named,
                  found.stream().map(Snapshot::getSnapshotId).collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  static Table table() {
    return new Table("SNAPSHOT_ID", "NAME", "SANDBOX", "STATE", "FILES", "KEPT", "CREATED");
  }

  static void row(Snapshot snapshot, Table table) {
    String state = Fields.word(snapshot.getState(), "SNAPSHOT_STATE_");
    table.row(
        snapshot.getSnapshotId(),
        snapshot.getName().isEmpty() ? "-" : TerminalText.safe(snapshot.getName(), false),
        snapshot.getSandboxName().isEmpty() ? snapshot.getSandboxId() : snapshot.getSandboxName(),
        snapshot.getMessage().isEmpty() ? state : state + ": " + snapshot.getMessage(),
        bytes(snapshot.getVolumesList().stream().mapToLong(SnapshotVolume::getBytes).sum()),
        bytes(snapshot.getVolumesList().stream().mapToLong(SnapshotVolume::getStoredBytes).sum()),
        SandboxFields.time(snapshot.getCreatedAt()));
  }

  private static String bytes(long bytes) {
    return SandboxStatsCommand.bytes(bytes);
  }
}
