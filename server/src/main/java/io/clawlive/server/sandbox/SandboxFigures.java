package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.GetSandboxMetricsResponse;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.WatchSandboxStatsResponse;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.streams.LastingCalls;
import io.clawlive.streams.v1.SandboxState;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** How much sandboxes use. */
@Singleton
final class SandboxFigures implements LastingCalls {
  private final Here here;
  private final SandboxRepository repository;
  private final Installation installation;
  private final Set<Thread> watching = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  SandboxFigures(Here here, SandboxRepository repository, Installation installation) {
    this.here = here;
    this.repository = repository;
    this.installation = installation;
  }

  /** Sends what a sandbox uses until it stops or the reader goes. */
  void watch(UUID id, Duration interval, ServerCallStreamObserver<WatchSandboxStatsResponse> out) {
    SandboxRuntime runtime = here.running(id);
    Thread thread =
        Thread.ofVirtual().name("sandbox stats").unstarted(() -> tell(id, runtime, interval, out));
    out.setOnCancelHandler(thread::interrupt);
    watching.add(thread);
    thread.start();
    if (stopping) {
      thread.interrupt();
    }
  }

  private void tell(
      UUID id,
      SandboxRuntime runtime,
      Duration interval,
      ServerCallStreamObserver<WatchSandboxStatsResponse> out) {
    try {
      while (!stopping) {
        if (out.isReady()) {
          out.onNext(WatchSandboxStatsResponse.newBuilder().setStats(runtime.stats(id)).build());
        }
        Thread.sleep(interval);
      }
      out.onCompleted();
    } catch (InterruptedException gone) {
      if (!out.isCancelled()) {
        out.onCompleted();
      }
    } catch (RuntimeRefusal e) {
      switch (e.kind()) {
        case WRONG_PHASE, NOT_FOUND -> out.onCompleted();
        case UNAVAILABLE, IMAGE_MISSING, PORT_TAKEN, NOT_USABLE, DISK_FULL, FAILED ->
            out.onError(
                Status.UNAVAILABLE
                    .withCause(Here.refusal(e, Sandbox.getDefaultInstance()))
                    .asRuntimeException());
      }
    } finally {
      watching.remove(Thread.currentThread());
    }
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

  @Override
  public void letGo() {
    stopping = true;
    watching.forEach(Thread::interrupt);
  }
}
