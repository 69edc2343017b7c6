package io.clawlive.server.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clawlive.sandbox.v1.AttachProcessRequest;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSnapshotRequest;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.ForkSnapshotRequest;
import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.GetSandboxMetricsRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSnapshotRequest;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.ListSnapshotsRequest;
import io.clawlive.sandbox.v1.ResizeTerminalRequest;
import io.clawlive.sandbox.v1.RestoreSnapshotRequest;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SignalProcessRequest;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartSandboxRequest;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.TerminalOpen;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalSize;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxStatsRequest;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.MakeFolderRequest;
import io.clawlive.sandbox.v1.MoveFileRequest;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.WatchFilesRequest;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.SandboxState;
import java.time.Duration;

/** A sandbox of an agent, and a right request to every RPC about it. */
final class SandboxCast {
  private final Client owner;
  private final String agent;
  private final String sandbox;
  private final String snapshot;

  SandboxCast(Client owner, String agent) {
    this.owner = owner;
    this.agent = agent;
    this.sandbox = another();
    this.snapshot = snapshotOf(sandbox);
  }

  private String snapshotOf(String id) {
    Together.soon(
        "it runs",
        Duration.ofSeconds(10),
        () ->
            owner
                    .sandboxes()
                    .getSandbox(GetSandboxRequest.newBuilder().setSandboxId(id).build())
                    .getSandbox()
                    .getState()
                == SandboxState.SANDBOX_STATE_RUNNING);
    return owner
        .snapshots()
        .createSnapshot(CreateSnapshotRequest.newBuilder().setSandboxId(id).build())
        .getSnapshot()
        .getSnapshotId();
  }

  private String another() {
    return owner
        .sandboxes()
        .createSandbox(CreateSandboxRequest.newBuilder().setAgent(agent).build())
        .getSandbox()
        .getSandboxId();
  }

  Message request(String rpc) {
    return switch (rpc) {
      case "SandboxService/CreateSandbox" -> CreateSandboxRequest.getDefaultInstance();
      case "SandboxService/EnsureSandbox" -> EnsureSandboxRequest.getDefaultInstance();
      case "SandboxService/GetSandbox" ->
          GetSandboxRequest.newBuilder().setSandboxId(sandbox).build();
      case "SandboxService/ListSandboxes" -> ListSandboxesRequest.getDefaultInstance();
      case "SandboxService/UpdateSandbox" ->
          UpdateSandboxRequest.newBuilder().setSandboxId(sandbox).setMemoryMb(64).build();
      case "SandboxService/StartSandbox" ->
          StartSandboxRequest.newBuilder().setSandboxId(sandbox).build();
      case "SandboxService/StopSandbox" ->
          StopSandboxRequest.newBuilder().setSandboxId(sandbox).build();
      // Of a sandbox of its own, so that the others find theirs.
      case "SandboxService/DeleteSandbox" ->
          DeleteSandboxRequest.newBuilder().setSandboxId(another()).build();
      case "SandboxService/WatchSandbox" ->
          WatchSandboxRequest.newBuilder().setSandboxId(sandbox).build();
      case "SandboxService/WatchSandboxStats" ->
          WatchSandboxStatsRequest.newBuilder().setSandboxId(sandbox).build();
      case "RuntimeService/GetRuntimeStatus" -> GetRuntimeStatusRequest.getDefaultInstance();
      case "RuntimeService/GetSandboxMetrics" -> GetSandboxMetricsRequest.getDefaultInstance();
      default -> rpc.startsWith("SnapshotService/") ? aboutSnapshots(rpc) : aboutProcesses(rpc);
    };
  }

  private Message aboutSnapshots(String rpc) {
    return switch (rpc) {
      // Made once it runs, or refused: both is past the door.
      case "SnapshotService/CreateSnapshot" ->
          CreateSnapshotRequest.newBuilder().setSandboxId(sandbox).build();
      case "SnapshotService/GetSnapshot" ->
          GetSnapshotRequest.newBuilder().setSnapshotId(snapshot).build();
      case "SnapshotService/ListSnapshots" -> ListSnapshotsRequest.getDefaultInstance();
      case "SnapshotService/RestoreSnapshot" ->
          RestoreSnapshotRequest.newBuilder().setSnapshotId(snapshot).build();
      case "SnapshotService/ForkSnapshot" ->
          ForkSnapshotRequest.newBuilder().setSnapshotId(snapshot).build();
      case "SnapshotService/DeleteSnapshot" ->
          DeleteSnapshotRequest.newBuilder().setSnapshotId(snapshot).build();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }

  private Message aboutProcesses(String rpc) {
    return switch (rpc) {
      case "ProcessService/StartProcess" ->
          StartProcessRequest.newBuilder().setSandboxId(sandbox).addCommand("true").build();
      case "ProcessService/AttachProcess" ->
          AttachProcessRequest.newBuilder().setSandboxId(sandbox).setProcess("1").build();
      case "ProcessService/SendInput" ->
          SendInputRequest.newBuilder()
              .setSandboxId(sandbox)
              .setProcess("1")
              .setData(ByteString.copyFromUtf8("x"))
              .build();
      case "ProcessService/CloseInput" ->
          CloseInputRequest.newBuilder().setSandboxId(sandbox).setProcess("1").build();
      case "ProcessService/SignalProcess" ->
          SignalProcessRequest.newBuilder()
              .setSandboxId(sandbox)
              .setProcess("1")
              .setSignal(15)
              .build();
      case "ProcessService/ResizeTerminal" ->
          ResizeTerminalRequest.newBuilder()
              .setSandboxId(sandbox)
              .setProcess("1")
              .setSize(TerminalSize.newBuilder().setColumns(80).setRows(24))
              .build();
      case "ProcessService/ListProcesses" ->
          ListProcessesRequest.newBuilder().setSandboxId(sandbox).build();
      case "ProcessService/Terminal" ->
          TerminalRequest.newBuilder()
              .setOpen(TerminalOpen.newBuilder().setSandboxId(sandbox).setAttach("1"))
              .build();
      default -> aboutFiles(rpc);
    };
  }

  private Message aboutFiles(String rpc) {
    String path = "/workspace/file";
    return switch (rpc) {
      case "FileService/StatFile" ->
          StatFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      case "FileService/ListFiles" ->
          ListFilesRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      case "FileService/MakeFolder" ->
          MakeFolderRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      case "FileService/MoveFile" ->
          MoveFileRequest.newBuilder()
              .setSandboxId(sandbox)
              .setPath(path)
              .setNewPath(path + "2")
              .build();
      case "FileService/RemoveFile" ->
          RemoveFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      case "FileService/ReadFile" ->
          ReadFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      case "FileService/WriteFile" ->
          WriteFileRequest.newBuilder()
              .setOpen(WriteFileOpen.newBuilder().setSandboxId(sandbox).setPath(path))
              .build();
      case "FileService/WatchFiles" ->
          WatchFilesRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }
}
