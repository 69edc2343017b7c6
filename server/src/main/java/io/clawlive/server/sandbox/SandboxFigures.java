package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.GetSandboxMetricsResponse;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import java.util.List;

/** How many sandboxes there are here, and how much they may use. */
@Singleton
final class SandboxFigures {
  private final SandboxRepository repository;
  private final Installation installation;

  SandboxFigures(SandboxRepository repository, Installation installation) {
    this.repository = repository;
    this.installation = installation;
  }

  /** What this server has. */
  GetSandboxMetricsResponse metrics() {
    List<Sandbox> all =
        repository.all(installation.id()).stream()
            .map(row -> SandboxTable.read(row).sandbox())
            .toList();
    List<SandboxSpec> running =
        all.stream()
            .filter(sandbox -> sandbox.getState() == SandboxState.SANDBOX_STATE_RUNNING)
            .map(Sandbox::getSpec)
            .toList();
    return GetSandboxMetricsResponse.newBuilder()
        .setSandboxes(all.size())
        .setRunning(running.size())
        .setFailed(
            (int)
                all.stream()
                    .filter(sandbox -> sandbox.getState() == SandboxState.SANDBOX_STATE_FAILED)
                    .count())
        .setMemoryMb(running.stream().mapToLong(SandboxSpec::getMemoryMb).sum())
        .setCpus(running.stream().mapToDouble(SandboxSpec::getCpus).sum())
        .setPorts((int) all.stream().filter(sandbox -> sandbox.getHostPort() != 0).count())
        .build();
  }
}
