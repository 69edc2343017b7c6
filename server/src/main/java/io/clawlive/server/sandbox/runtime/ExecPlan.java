package io.clawlive.server.sandbox.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to be started in a sandbox.
 *
 * @param command program and arguments
 * @param env beside the environment of the sandbox; must stand in no argument or log
 * @param workingDirectory absolute; empty for the sandbox's own
 * @param uid numeric user; 0 means the sandbox's own, never root
 * @param terminal its size, or null for none
 */
public record ExecPlan(
    List<String> command,
    Map<String, String> env,
    String workingDirectory,
    int uid,
    @Nullable TerminalSize terminal) {

  /** Characters that fit, 1 or more. */
  public record TerminalSize(int columns, int rows) {}

  /** Names the program alone: arguments may hold what nobody else should read. */
  @Override
  public String toString() {
    return "ExecPlan[" + (command.isEmpty() ? "" : command.getFirst()) + "]";
  }
}
