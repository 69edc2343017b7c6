package io.clawlive.cli.shell;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What standard output is connected to.
 *
 * @param present whether it is a terminal at all
 * @param colour whether colours may be used: a terminal, and the NO_COLOR variable is unset
 */
public record Terminal(boolean present, boolean colour) {
  private static final int USUAL_COLUMNS = 100;

  /** No terminal: a file, a pipe, a test. */
  public static final Terminal NONE = new Terminal(false, false);

  static Terminal ofProcess(Map<String, String> environment) {
    boolean present = outputIsTerminal();
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return new Terminal(present, present && !plain);
  }

  /** Width in columns; a usual one where it cannot be found out, unlimited without a terminal. */
  public int columns() {
    if (!present) {
      return Integer.MAX_VALUE;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      int columns = Integer.parseInt(size.strip().replaceFirst("^\\d+ ", ""));
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_COLUMNS;
    }
  }

  /**
   * The console answers for input and output together, so that {@code watch < file} would lose its
   * colours. Linux tells the truth about output alone.
   */
  // From JDK 25 on there is no console again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean outputIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
