package io.clawlive.server.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSnapshotRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSnapshotRequest;
import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotState;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.SandboxState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Somebody who uses a server with a real runtime.
 *
 * @param folder where the server keeps what belongs to sandboxes
 */
record Front(Client ada, Path folder) {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  Sandbox create(SandboxSpec.Builder spec) {
    return ada.sandboxes()
        .createSandbox(CreateSandboxRequest.newBuilder().setSpec(spec).build())
        .getSandbox();
  }

  Sandbox running() {
    return awaits(create(SandboxSpec.newBuilder()), SandboxState.SANDBOX_STATE_RUNNING);
  }

  Sandbox get(Sandbox sandbox) {
    return ada.sandboxes()
        .getSandbox(GetSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build())
        .getSandbox();
  }

  Sandbox awaits(Sandbox sandbox, SandboxState state) {
    try {
      Together.soon(state.name(), PATIENCE, () -> get(sandbox).getState() == state);
    } catch (AssertionError e) {
      throw new AssertionError("it is " + get(sandbox), e);
    }
    return get(sandbox);
  }

  void delete(Sandbox sandbox) {
    var unused =
        ada.sandboxes()
            .deleteSandbox(
                DeleteSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build());
    awaits(sandbox, SandboxState.SANDBOX_STATE_DELETED);
  }

  /** What a script in a sandbox says; it must end well. */
  String shell(Sandbox sandbox, String script) {
    var events =
        ada.processes()
            .startProcess(
                StartProcessRequest.newBuilder()
                    .setSandboxId(sandbox.getSandboxId())
                    .addCommand("sh")
                    .addCommand("-c")
                    .addCommand(script)
                    .setNoInput(true)
                    .build());
    var said = new ByteArrayOutputStream();
    ProcessEvent event = ProcessEvent.getDefaultInstance();
    while (events.hasNext()) {
      event = events.next().getEvent();
      said.writeBytes(event.getStdout().toByteArray());
      said.writeBytes(event.getStderr().toByteArray());
    }
    String all = said.toString(StandardCharsets.UTF_8);
    assertEquals(0, event.getExited().getCode(), all + event);
    return all;
  }

  Snapshot snapshot(Sandbox sandbox) {
    Snapshot begun =
        ada.snapshots()
            .createSnapshot(
                CreateSnapshotRequest.newBuilder()
                    .setSandboxId(sandbox.getSandboxId())
                    .setName("before")
                    .build())
            .getSnapshot();
    Together.soon(
        "the snapshot is made or not",
        PATIENCE,
        () -> get(begun).getState() != SnapshotState.SNAPSHOT_STATE_CREATING);
    return get(begun);
  }

  void delete(Snapshot snapshot) {
    var unused =
        ada.snapshots()
            .deleteSnapshot(
                DeleteSnapshotRequest.newBuilder().setSnapshotId(snapshot.getSnapshotId()).build());
  }

  Snapshot get(Snapshot snapshot) {
    return ada.snapshots()
        .getSnapshot(
            GetSnapshotRequest.newBuilder().setSnapshotId(snapshot.getSnapshotId()).build())
        .getSnapshot();
  }
}
