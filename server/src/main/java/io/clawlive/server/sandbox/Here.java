package io.clawlive.server.sandbox;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.streams.v1.SandboxState;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;

/** Finds what runs a sandbox, where that is this server, and says why not where it is not. */
@Singleton
public final class Here {
  private final SandboxTable table;
  private final Runtimes runtimes;
  private final Installation installation;

  Here(SandboxTable table, Runtimes runtimes, Installation installation) {
    this.table = table;
    this.runtimes = runtimes;
    this.installation = installation;
  }

  /** Whether this server's runtimes have it. */
  boolean has(Standing standing) {
    return standing.installation().equals(installation.id());
  }

  /** What runs a sandbox at this moment. */
  public SandboxRuntime running(UUID id) {
    Standing now = table.get(id);
    if (!now.is(SandboxState.SANDBOX_STATE_RUNNING)) {
      throw refused(now, "do this");
    }
    return runtime(now);
  }

  /** What has a sandbox, whatever it does. */
  SandboxRuntime runtime(Standing now) {
    if (!has(now)) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SANDBOX_ELSEWHERE,
          "The sandbox '" + now.sandbox().getName() + "' runs on another server's machine.",
          "installation",
          now.installation().toString());
    }
    return runtimes
        .named(now.sandbox().getRuntime())
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE,
                "The sandbox needs the runtime "
                    + now.sandbox().getRuntime()
                    + ", which this server was not started with.",
                "runtime",
                now.sandbox().getRuntime()));
  }

  static Refusal refused(Standing now, String what) {
    String state = now.state().name().replace("SANDBOX_STATE_", "").toLowerCase(Locale.ROOT);
    return Refusal.of(
        ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED,
        "The sandbox '%s' is %s and cannot %s.".formatted(now.sandbox().getName(), state, what),
        "sandbox_id",
        now.id().toString(),
        "state",
        state);
  }

  /** What a runtime's refusal means to a caller. */
  public static Refusal refusal(RuntimeRefusal refused, Sandbox sandbox) {
    return Refusal.of(
        switch (refused.kind()) {
          case UNAVAILABLE -> ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE;
          case NOT_FOUND, WRONG_PHASE -> ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED;
          case IMAGE_MISSING -> ErrorReason.ERROR_REASON_IMAGE_MISSING;
          case PORT_TAKEN -> ErrorReason.ERROR_REASON_PORTS_EXHAUSTED;
          case NOT_USABLE -> ErrorReason.ERROR_REASON_PROGRAM_NOT_USABLE;
          case DISK_FULL -> ErrorReason.ERROR_REASON_STORAGE_OF_SANDBOX_FULL;
          case FAILED -> ErrorReason.ERROR_REASON_RUNTIME_CANNOT;
        },
        String.valueOf(refused.getMessage()),
        "runtime",
        sandbox.getRuntime());
  }
}
