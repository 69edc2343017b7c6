package io.clawlive.server.sandbox.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * How a program is started in a sandbox that runs: a shell inside says its number, which is the
 * program's from then on, and becomes it. What comes first is told apart by {@link PidLine}.
 */
public final class ExecScript {
  private static final String SAY_THEN_RUN =
      """
      [ -z "$1" ] || stty columns "${1%x*}" rows "${1#*x}" 2>/dev/null
      shift
      command -v "$1" >/dev/null 2>&1 || { echo '!'; exit 127; }
      echo "$$"
      exec "$@"
      """;

  /** Everything of a session: what a program started is in it, unless it took pains not to be. */
  private static final String SIGNAL_SESSION =
      """
      n=$1; s=$2
      for f in /proc/[0-9]*/stat; do
        read -r l <"$f" || continue
        p=${f#/proc/}; p=${p%/stat}
        set -- ${l##*) }
        [ "$4" = "$s" ] && kill -"$n" "$p"
      done 2>/dev/null
      exit 0
      """;

  private ExecScript() {}

  /** The command that becomes the plan's program. Needs a session of its own. */
  public static List<String> command(ExecPlan plan) {
    ExecPlan.TerminalSize size = plan.terminal();
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                SAY_THEN_RUN,
                "sh",
                size == null ? "" : size.columns() + "x" + size.rows()));
    command.addAll(plan.command());
    return command;
  }

  /** The command that sends a signal to a program and what it started. */
  public static List<String> signal(int signal, int pid) {
    if (signal < 1 || signal > 64) {
      throw new IllegalArgumentException("a signal is 1 to 64, not " + signal);
    }
    return List.of("/bin/sh", "-c", SIGNAL_SESSION, "sh", "" + signal, "" + pid);
  }
}
