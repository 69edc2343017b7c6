package io.clawlive.sdk;

import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.TerminalSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start in a sandbox. Begin with {@link #of}.
 *
 * @param command program and arguments, 1 to 256, together at most 128 KiB; no shell is between
 * @param environment beside the sandbox's own, at most 128 variables of at most 32 KiB
 * @param workingDirectory where it starts, an absolute path; empty means the sandbox's own
 * @param tag a name by which it is found again, unique among those that run: a letter, then at most
 *     63 of A-Z, a-z, 0-9, _, . and -. Empty means one made up by the SDK. With a tag of the
 *     caller's a start whose answer is lost is not repeated
 * @param columns of its terminal, 1 to 1,000; 0 means that it has none
 * @param rows of its terminal, 1 to 1,000; 0 means that it has none
 * @param input whether it has a standard input that is written by {@link SandboxProcess#input};
 *     else that is empty from the beginning
 */
public record ProcessOptions(
    List<String> command,
    Map<String, String> environment,
    String workingDirectory,
    String tag,
    int columns,
    int rows,
    boolean input) {

  /** Copies the collections and checks what the server cannot tell apart. */
  public ProcessOptions {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("command is empty; expected a program");
    }
    if ((columns == 0) != (rows == 0)) {
      throw new IllegalArgumentException(
          "a terminal of %d columns and %d rows; expected both or none".formatted(columns, rows));
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** This program, with an input, without a terminal. */
  public static ProcessOptions of(String... command) {
    return of(List.of(command));
  }

  /** This program, with an input, without a terminal. */
  public static ProcessOptions of(List<String> command) {
    return new ProcessOptions(command, Map.of(), "", "", 0, 0, true);
  }

  /** With one more variable. */
  public ProcessOptions withEnvironment(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return withEnvironment(more);
  }

  /** With these variables instead of those that were there. */
  public ProcessOptions withEnvironment(Map<String, String> values) {
    return new ProcessOptions(command, values, workingDirectory, tag, columns, rows, input);
  }

  /** Started in this folder. */
  public ProcessOptions in(String folder) {
    return new ProcessOptions(command, environment, folder, tag, columns, rows, input);
  }

  /** With a name by which it is found again. */
  public ProcessOptions withTag(String name) {
    return new ProcessOptions(command, environment, workingDirectory, name, columns, rows, input);
  }

  /** With a terminal of this size. */
  public ProcessOptions withTerminal(int width, int height) {
    return new ProcessOptions(command, environment, workingDirectory, tag, width, height, input);
  }

  /** With an input that is empty from the beginning. */
  public ProcessOptions withoutInput() {
    return new ProcessOptions(command, environment, workingDirectory, tag, columns, rows, false);
  }

  StartProcessRequest request(String sandboxId) {
    StartProcessRequest.Builder request =
        StartProcessRequest.newBuilder()
            .setSandboxId(sandboxId)
            .addAllCommand(command)
            .putAllEnv(environment)
            .setWorkingDirectory(workingDirectory)
            .setTag(tag)
            .setNoInput(!input);
    if (columns > 0 || rows > 0) {
      request.setTerminal(TerminalSize.newBuilder().setColumns(columns).setRows(rows));
    }
    return request.build();
  }
}
