package io.clawlive.server.sandbox;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.sandbox.runtime.SandboxSecrets;
import io.clawlive.server.streams.EventLog;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The steps of a sandbox's life. Each may be done twice, and says what becomes of the sandbox. */
@Singleton
final class SandboxSteps {
  private static final int HOOK_SECONDS = 10;

  private final EventLog log;
  private final StartSecrets secrets;
  private final FileSource source;
  private final Clock clock;

  /** Whose output is being taken. */
  private final Set<UUID> heard = ConcurrentHashMap.newKeySet();

  SandboxSteps(EventLog log, StartSecrets secrets, FileSource source, Clock clock) {
    this.log = log;
    this.secrets = secrets;
    this.source = source;
    this.clock = clock;
  }

  UnaryOperator<Standing> create(Standing now, SandboxRuntime runtime) {
    boolean filled = !now.sandbox().getSourceSnapshotId().isEmpty();
    if (filled) {
      // Whatever is there goes, also what an attempt left that was cut off.
      runtime.remove(now.id());
    }
    runtime.create(plan(now.sandbox()));
    if (filled) {
      source.fill(now.sandbox(), runtime);
    }
    return present ->
        present.with(
            present.sandbox().toBuilder()
                .setState(
                    present.wanted()
                        ? SandboxState.SANDBOX_STATE_STARTING
                        : SandboxState.SANDBOX_STATE_STOPPED)
                .setReason(
                    filled
                        ? SandboxReason.SANDBOX_REASON_RESTORED
                        : SandboxReason.SANDBOX_REASON_REQUESTED)
                .setMessage("")
                .clearSourceSnapshotId());
  }

  private static SandboxPlan plan(Sandbox sandbox) {
    SandboxSpec.Builder spec = sandbox.getSpec().toBuilder();
    spec.putEnv("CLAWLIVE_SANDBOX_ID", sandbox.getSandboxId());
    if (!sandbox.getSessionId().isEmpty()) {
      spec.putEnv("CLAWLIVE_SESSION_ID", sandbox.getSessionId());
    }
    if (!sandbox.getRoomId().isEmpty()) {
      spec.putEnv("CLAWLIVE_ROOM_ID", sandbox.getRoomId());
    }
    return new SandboxPlan(
        UUID.fromString(sandbox.getSandboxId()), spec.build(), sandbox.getHostPort());
  }

  UnaryOperator<Standing> start(Standing now, SandboxRuntime runtime) {
    SandboxSecrets told = secrets.of(now.sandbox());
    try {
      runtime.start(now.id(), told, output(now.id(), told));
    } catch (RuntimeRefusal refused) {
      heard.remove(now.id());
      if (refused.kind() == RuntimeRefusal.Kind.NOT_FOUND) {
        // Somebody removed it behind our back; its row says how to make it again.
        runtime.create(plan(now.sandbox()));
        runtime.start(now.id(), told, output(now.id(), told));
      } else {
        throw refused;
      }
    }
    Instant started = clock.instant();
    return present -> {
      Duration lease = present.sandbox().getSpec().getLease();
      return present
          .warned(false)
          .with(
              present.sandbox().toBuilder()
                  .setState(SandboxState.SANDBOX_STATE_RUNNING)
                  .setMessage("")
                  .clearExitCode()
                  .setStartedAt(Timestamps.of(started))
                  .clearStoppedAt()
                  .setLeaseEndsAt(Timestamps.of(started.plusMillis(Durations.toMillis(lease)))));
    };
  }

  private OutputSink output(UUID id, SandboxSecrets told) {
    heard.add(id);
    return new SandboxOutput(id, log, StartSecrets.texts(told), () -> heard.remove(id));
  }

  UnaryOperator<Standing> stop(Standing now, SandboxRuntime runtime) {
    runHook(now, runtime);
    SandboxSpec spec = now.sandbox().getSpec();
    try {
      runtime.stop(now.id(), java.time.Duration.ofMillis(Durations.toMillis(spec.getStopGrace())));
    } catch (RuntimeRefusal refused) {
      if (refused.kind() != RuntimeRefusal.Kind.NOT_FOUND
          && refused.kind() != RuntimeRefusal.Kind.WRONG_PHASE) {
        throw refused;
      }
    }
    Optional<FoundSandbox> found = runtime.find(now.id());
    return present ->
        stopped(
            present,
            found.map(FoundSandbox::exitCode).orElse(null),
            present.sandbox().getReason(),
            present.sandbox().getMessage());
  }

  private Standing stopped(
      Standing present, @Nullable Integer exitCode, SandboxReason reason, String message) {
    var sandbox =
        present.sandbox().toBuilder()
            .setState(SandboxState.SANDBOX_STATE_STOPPED)
            .setReason(reason)
            .setMessage(message)
            .setStoppedAt(Timestamps.of(clock.instant()))
            .clearLeaseEndsAt();
    if (exitCode != null) {
      sandbox.setExitCode(exitCode);
    }
    return present.with(sandbox);
  }

  /** What a stop hook does or fails to do does not keep a sandbox from being stopped. */
  private static void runHook(Standing now, SandboxRuntime runtime) {
    if (now.sandbox().getSpec().getStopHookCount() == 0) {
      return;
    }
    var done = new CountDownLatch(1);
    try {
      RuntimeProcess hook =
          runtime.exec(
              now.id(),
              new ExecPlan(now.sandbox().getSpec().getStopHookList(), Map.of(), "", 0, null),
              new ProcessSink() {
                @Override
                public void output(OutputSink.Channel channel, byte[] bytes) {}

                @Override
                public void ended(int code) {
                  done.countDown();
                }

                @Override
                public void lost(String why) {
                  done.countDown();
                }
              });
      if (!done.await(HOOK_SECONDS, TimeUnit.SECONDS)) {
        hook.signal(9);
      }
    } catch (RuntimeRefusal notRun) {
      // It is stopped all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  UnaryOperator<Standing> delete(Standing now, SandboxRuntime runtime) {
    runtime.remove(now.id());
    return present ->
        present.with(
            present.sandbox().toBuilder()
                .setState(SandboxState.SANDBOX_STATE_DELETED)
                .clearLeaseEndsAt());
  }

  /** Whether what should run does. */
  Optional<UnaryOperator<Standing>> check(Standing now, SandboxRuntime runtime) {
    Optional<FoundSandbox> found = runtime.find(now.id());
    if (found.isEmpty()) {
      return Optional.of(present ->
          stopped(
              present.wanting(false),
              null,
              SandboxReason.SANDBOX_REASON_LOST,
              "The runtime does not have it any more."));
    }
    return switch (found.get().phase()) {
      case RUNNING, PAUSED -> {
        if (found.get().phase() == FoundSandbox.Phase.PAUSED) {
          if (source.isCopying(now.id())) {
            yield Optional.empty();
          }
          // Whoever held it still is gone.
          runtime.resume(now.id());
        }
        if (!heard.contains(now.id())) {
          runtime.follow(now.id(), output(now.id(), secrets.of(now.sandbox())));
          yield Optional.of(present ->
              present.to(
                  SandboxState.SANDBOX_STATE_RUNNING,
                  SandboxReason.SANDBOX_REASON_ADOPTED,
                  "Found running after the server or the runtime was away."));
        }
        yield Optional.empty();
      }
      case CREATED, ENDED ->
          Optional.of(present ->
              stopped(
                  present.wanting(false),
                  found.get().exitCode(),
                  found.get().outOfMemory()
                      ? SandboxReason.SANDBOX_REASON_OUT_OF_MEMORY
                      : SandboxReason.SANDBOX_REASON_EXITED,
                  found.get().outOfMemory()
                      ? "It needed more than its %,d MiB of memory."
                          .formatted(present.sandbox().getSpec().getMemoryMb())
                      : ""));
    };
  }
}
