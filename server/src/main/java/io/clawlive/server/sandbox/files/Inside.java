package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.Here;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Runs scripts inside sandboxes, and says why it went wrong where it did. */
@Singleton
final class Inside {
  /** How long a script has for what takes no time. */
  static final Duration SOON = Duration.ofSeconds(60);

  /** How long a script has for what depends on how much there is: whole folders, large files. */
  static final Duration LATER = Duration.ofMinutes(10);

  /** How long a sandbox whose script died may take to be known as stopped. */
  private static final long KNOWN_MILLIS = 5_000;

  private static final long LOOK_MILLIS = 100;

  private static final int KILLED = 128;
  private static final int MOST_ANSWER = 16 << 10;

  /** What a sandbox's own environment must not change. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  private final Here here;

  Inside(Here here) {
    this.here = here;
  }

  /**
   * Runs a script to its end.
   *
   * @param what is wanted of the path, such as "read"
   * @return what it answered, which is not much
   */
  byte[] run(
      UUID sandbox,
      Duration within,
      String what,
      Script script,
      FilePath path,
      Object... arguments) {
    try (ScriptRun run = start(sandbox, within, script, path, arguments)) {
      endInput(run);
      byte[] answer = run.output().readNBytes(MOST_ANSWER + 1);
      if (answer.length > MOST_ANSWER) {
        throw new Nonsense();
      }
      requireGood(sandbox, run, path, target(path, arguments), what);
      return answer;
    } catch (IOException e) {
      throw refusal(sandbox, path, what, e);
    }
  }

  /** What a script makes, where that is not what it is about. */
  private static FilePath target(FilePath path, Object... arguments) {
    return arguments.length > 0 && arguments[0] instanceof FilePath target ? target : path;
  }

  /** Refuses what a script that has said everything failed at. */
  void requireGood(UUID sandbox, ScriptRun run, FilePath path, String what) throws IOException {
    requireGood(sandbox, run, path, path, what);
  }

  private void requireGood(
      UUID sandbox, ScriptRun run, FilePath path, FilePath target, String what)
      throws IOException {
    int code = run.code();
    if (code > KILLED) {
      throw died(sandbox, path, what);
    }
    if (code != 0) {
      throw Faults.of(path, target, what, code, run.said());
    }
  }

  /** Nothing is told to a script. */
  static void endInput(ScriptRun run) {
    try {
      run.input().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** Starts a script. Whoever does closes it. */
  ScriptRun start(
      UUID sandbox, Duration within, Script script, FilePath path, Object... arguments) {
    SandboxRuntime runtime = here.running(sandbox);
    ScriptRun run = new ScriptRun(within);
    try {
      run.runs(
          runtime.exec(
              sandbox,
              new ExecPlan(script.command(path, arguments), ENVIRONMENT, "/", 0, null),
              run));
      return run;
    } catch (RuntimeRefusal e) {
      run.close();
      throw refusal(runtime, path, e);
    }
  }

  private static Refusal refusal(SandboxRuntime runtime, FilePath path, RuntimeRefusal e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case UNAVAILABLE ->
          Refusal.of(
              ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE, message, "runtime", runtime.name());
      case NOT_FOUND, WRONG_PHASE ->
          Refusal.of(
              ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED, message, "runtime", runtime.name());
      case DISK_FULL, IMAGE_MISSING, PORT_TAKEN, NOT_USABLE, FAILED ->
          Faults.refused(path, "reached", "no shell runs in the sandbox (" + message + ")");
    };
  }

  /** Why a script was not heard to its end. */
  RuntimeException refusal(UUID sandbox, FilePath path, String what, IOException why) {
    return switch (why) {
      case Nonsense e -> Faults.nonsense(path, what);
      case ScriptRun.TooSlow e ->
          Faults.refused(path, what, "the sandbox did not answer in time");
      case InterruptedIOException e ->
          Refusal.of(ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE, "Nobody waited for it.");
      default -> died(sandbox, path, what);
    };
  }

  /** A script ended that should not have: with its sandbox, most likely. */
  Refusal died(UUID sandbox, FilePath path, String what) {
    try {
      for (long waited = 0; waited < KNOWN_MILLIS; waited += LOOK_MILLIS) {
        var unused = here.running(sandbox);
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (Refusal stopped) {
      return stopped;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Faults.refused(path, what, "it was ended inside the sandbox");
  }

  /** What a script answered is not what it answers. */
  static final class Nonsense extends IOException {
    private static final long serialVersionUID = 1L;

    Nonsense() {}

    Nonsense(Exception cause) {
      super(cause);
    }
  }
}
