package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.WatchSandboxStatsResponse;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.streams.LastingCalls;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that hear how much a sandbox uses. */
@Singleton
final class StatsCalls implements LastingCalls {
  private final Here here;
  private final Set<Thread> watching = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  StatsCalls(Here here) {
    this.here = here;
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

  @Override
  public void letGo() {
    stopping = true;
    watching.forEach(Thread::interrupt);
  }
}
