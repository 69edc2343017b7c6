package io.clawlive.cli.shell;

import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Asks the person at the terminal, and reads secrets from standard input where a program is at the
 * other end. A secret is never an argument, because arguments are visible to every user of a
 * machine, and never shown while it is typed.
 */
public final class Prompt {
  private static final int LONGEST = 16_384;

  private final Shell shell;

  /** For the commands of this shell. */
  public Prompt(Shell shell) {
    this.shell = shell;
  }

  /** Asks for a secret; without a terminal the command ends with a hint what to do instead. */
  public String secret(String question, String instead) {
    Console console = console(instead);
    char[] typed = console.readPassword("%s: ", question);
    return typed == null ? "" : new String(typed);
  }

  /** Asks whether to go on; only y and yes mean that. */
  public boolean agrees(String question, String instead) {
    String typed = console(instead).readLine("%s [y/N] ", question);
    return typed != null && typed.strip().matches("(?i)y|yes");
  }

  /** Whether somebody can be asked. */
  public boolean isPossible() {
    return terminal().isPresent();
  }

  /** Reads exactly so many lines from standard input; the words say what they should have been. */
  public List<String> lines(int count, String words) {
    List<String> lines = input().lines().toList();
    if (lines.size() != count || lines.stream().anyMatch(String::isEmpty)) {
      throw new Failure(
          ExitCode.USAGE,
          "Standard input holds %d lines. Expected %s.".formatted(lines.size(), words));
    }
    return lines;
  }

  /** The whole of standard input. */
  public String input() {
    try {
      byte[] read = shell.in().readNBytes(LONGEST + 1);
      if (read.length > LONGEST) {
        throw new Failure(
            ExitCode.USAGE,
            "Standard input holds more than %d bytes. Expected a secret.".formatted(LONGEST));
      }
      return new String(read, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A secret as it was given: typed without showing it where somebody can be asked, else the bytes
   * of standard input as they came. A terminal that would show it is refused.
   *
   * @param longest in bytes
   */
  public byte[] secretBytes(String question, int longest) {
    if (isPossible() && inputIsTerminal()) {
      return secret(question, "").getBytes(StandardCharsets.UTF_8);
    }
    if (inputIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE,
          "This terminal would show what you type. Give the value on standard input from a file or"
              + " another program.");
    }
    try {
      byte[] read = shell.in().readNBytes(longest + 1);
      if (read.length == 0 || read.length > longest) {
        throw new Failure(
            ExitCode.USAGE,
            "Standard input holds %s bytes. Expected 1 to %,d."
                .formatted(read.length == 0 ? "no" : "more", longest));
      }
      return read;
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean inputIsTerminal() {
    if (!(shell.in() instanceof FileInputStream)) {
      return false;
    }
    try {
      String source = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return source.startsWith("/dev/pts/") || source.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return isPossible();
    }
  }

  private Console console(String instead) {
    return terminal()
        .orElseThrow(
            () -> new Failure(ExitCode.USAGE, "There is no terminal to ask at. " + instead));
  }

  // From JDK 25 on there is no console again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private Optional<Console> terminal() {
    Console console = shell.terminal().present() ? System.console() : null;
    return Optional.ofNullable(console).filter(Console::isTerminal);
  }
}
