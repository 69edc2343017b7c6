package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.SandboxWatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Waits until what was asked of a sandbox is done, and tells meanwhile how it goes. */
final class Progress {
  @Option(names = "--no-wait", description = "End at once instead of when it is done.")
  private boolean noWait;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Span.class,
      description = "Longest wait, such as 30s or 10m. Default: ${DEFAULT-VALUE}.")
  private Duration longest = Duration.ofMinutes(5);

  /** Where a wish ends. */
  enum Goal {
    RUNNING,
    STOPPED,
    RESTORED,
    DELETED
  }

  /**
   * The sandbox once it is there, or as it is now where nobody wants to wait. Ends the command with
   * a sentence where it went elsewhere.
   */
  io.clawlive.sandbox.v1.Sandbox until(Goal goal, Sandbox sandbox, OutputOptions output) {
    if (noWait) {
      return sandbox.info();
    }
    long end = System.nanoTime() + longest.toNanos();
    io.clawlive.sandbox.v1.Sandbox last = sandbox.info();
    String told = "";
    try (SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = sandbox.watch()) {
      while (true) {
        Optional<io.clawlive.sandbox.v1.Sandbox> next =
            watch.poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        if (next.isEmpty()) {
          return ended(goal, last, watch.isDone());
        }
        last = next.get();
        String standing = SandboxFields.standing(last);
        if (!standing.equals(told)) {
          told = standing;
          output.notice("Sandbox %s is %s.".formatted(name(last), told));
        }
        if (isThere(goal, last)) {
          return last;
        }
        String wrong = elsewhere(goal, last);
        if (wrong != null) {
          throw new Failure(ExitCode.FAILED, wrong);
        }
      }
    }
  }

  private io.clawlive.sandbox.v1.Sandbox ended(
      Goal goal, io.clawlive.sandbox.v1.Sandbox last, boolean gone) {
    if (gone && goal == Goal.DELETED) {
      return last;
    }
    throw new Failure(
        ExitCode.FAILED,
        gone
            ? "Sandbox %s was deleted meanwhile.".formatted(name(last))
            : "Sandbox %s is still %s after %d s. 'clawlive sandbox watch %s' tells how it goes on."
                .formatted(
                    name(last),
                    SandboxFields.standing(last),
                    longest.toSeconds(),
                    last.getSandboxId()));
  }

  /** A program that ran and ended well did what it was made for. */
  static boolean isThere(Goal goal, io.clawlive.sandbox.v1.Sandbox now) {
    return switch (now.getState()) {
      case SANDBOX_STATE_RUNNING -> goal == Goal.RUNNING || goal == Goal.RESTORED;
      case SANDBOX_STATE_STOPPED ->
          goal == Goal.STOPPED
              || goal == Goal.RESTORED
              || (goal == Goal.RUNNING && now.hasExitCode() && now.getExitCode() == 0);
      case SANDBOX_STATE_FAILED -> goal == Goal.STOPPED;
      case SANDBOX_STATE_DELETED -> goal == Goal.DELETED;
      case SANDBOX_STATE_CREATING,
          SANDBOX_STATE_STARTING,
          SANDBOX_STATE_STOPPING,
          SANDBOX_STATE_DELETING,
          SANDBOX_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }

  /** What to tell where it will not get there; null while it may. */
  static @Nullable String elsewhere(Goal goal, io.clawlive.sandbox.v1.Sandbox now) {
    return switch (now.getState()) {
      case SANDBOX_STATE_FAILED, SANDBOX_STATE_STOPPED ->
          goal == Goal.RUNNING || goal == Goal.RESTORED
              ? "Sandbox %s does not run: it is %s. 'clawlive sandbox logs %s' shows what it wrote."
                  .formatted(name(now), SandboxFields.standing(now), now.getSandboxId())
              : null;
      case SANDBOX_STATE_DELETING, SANDBOX_STATE_DELETED ->
          goal == Goal.DELETED
              ? null
              : "Sandbox %s is %s.".formatted(name(now), SandboxFields.standing(now));
      case SANDBOX_STATE_RUNNING,
          SANDBOX_STATE_CREATING,
          SANDBOX_STATE_STARTING,
          SANDBOX_STATE_STOPPING,
          SANDBOX_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          null;
    };
  }

  private static String name(io.clawlive.sandbox.v1.Sandbox sandbox) {
    return sandbox.getName().isEmpty() ? sandbox.getSandboxId() : sandbox.getName();
  }
}
