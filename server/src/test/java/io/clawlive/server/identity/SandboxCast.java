package io.clawlive.server.identity;

import com.google.protobuf.Message;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.GetSandboxMetricsRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.StartSandboxRequest;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxStatsRequest;
import io.clawlive.server.testing.Client;

/** A sandbox of an agent, and a right request to every RPC about it. */
final class SandboxCast {
  private final Client owner;
  private final String agent;
  private final String sandbox;

  SandboxCast(Client owner, String agent) {
    this.owner = owner;
    this.agent = agent;
    this.sandbox = another();
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
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }
}
