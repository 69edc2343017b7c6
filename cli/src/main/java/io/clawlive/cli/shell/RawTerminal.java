package io.clawlive.cli.shell;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal that standard input is connected to, in raw mode: every key is handed on as it is
 * typed, Ctrl-C too, and nothing is shown by itself. What it was before is put back when this is
 * closed, and when the program ends any other way but by SIGKILL.
 *
 * <p>Done by {@code stty}, which every system with such terminals has: it costs no start-up time
 * and no native code where no terminal is wanted.
 */
public final class RawTerminal implements AutoCloseable {
  private final String before;
  private final Thread onExit;
  private boolean restored;

  private RawTerminal(String before) {
    this.before = before;
    this.onExit = Thread.ofPlatform().unstarted(this::restore);
  }

  /**
   * How many characters fit into a terminal.
   *
   * @param columns at least 1
   * @param rows at least 1
   */
  public record Size(int columns, int rows) {
    /** What terminals have been since they were made of glass. */
    public static final Size USUAL = new Size(80, 24);
  }

  /** Whether standard input is a terminal. */
  public static boolean isPresent() {
    return stty("-g").isPresent();
  }

  /** Begins raw mode; empty where standard input is no terminal. */
  public static Optional<RawTerminal> enter() {
    Optional<String> before = stty("-g").filter(state -> !state.isBlank());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    RawTerminal raw = new RawTerminal(before.get());
    Runtime.getRuntime().addShutdownHook(raw.onExit);
    if (stty("raw", "-echo").isEmpty()) {
      raw.close();
      return Optional.empty();
    }
    return Optional.of(raw);
  }

  /** The size of the terminal that standard input is; empty where it is none or tells none. */
  public static Optional<Size> size() {
    return stty("size")
        .filter(text -> text.matches("[0-9]{1,4} [0-9]{1,4}"))
        .map(text -> {
          int gap = text.indexOf(' ');
          return new Size(
              Integer.parseInt(text.substring(gap + 1)), Integer.parseInt(text.substring(0, gap)));
        })
        .filter(size -> size.columns() > 0 && size.rows() > 0)
        .map(size -> new Size(Math.min(size.columns(), 1000), Math.min(size.rows(), 1000)));
  }

  private static Optional<String> stty(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process stty =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // A system without stty has no terminals of this kind.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized void restore() {
    if (!restored) {
      restored = true;
      var unused = stty(before);
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      return; // The program ends, and the hook finds nothing left to do.
    }
  }
}
