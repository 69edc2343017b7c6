package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.RawTerminal;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A program in a sandbox that has our own terminal for its terminal. */
final class TerminalStreams {
  private static final int HANG_UP = 1;
  private static final byte CONTROL_P = 0x10;
  private static final byte CONTROL_Q = 0x11;

  private final Shell shell;
  private final OutputOptions output;
  private final AtomicBoolean left = new AtomicBoolean();

  TerminalStreams(Shell shell, OutputOptions output) {
    this.shell = shell;
    this.output = output;
  }

  /** Opens a terminal of our size, and answers with what its program returned. */
  int follow(Function<RawTerminal.Size, Terminal> opening) {
    RawTerminal.Size size = RawTerminal.size().orElse(RawTerminal.Size.USUAL);
    // What is refused is told before the terminal is raw.
    try (Terminal terminal = opening.apply(size);
        RawTerminal raw = RawTerminal.enter().orElseThrow(TerminalStreams::none)) {
      Signals.on("WINCH", () -> later(() -> resize(terminal)));
      Signals.on("TERM", () -> later(() -> terminal.signal(HANG_UP)));
      Signals.on("HUP", () -> later(() -> terminal.signal(HANG_UP)));
      resize(terminal);
      Thread.ofPlatform().daemon().name("keys").start(() -> type(terminal));
      show(terminal);
      if (left.get()) {
        return ExitCode.OK.code();
      }
      return ProcessStreams.code(terminal.await(), output);
    }
  }

  static Failure none() {
    return new Failure(
        ExitCode.USAGE,
        "Standard input is no terminal. Leave out -t where input comes from a pipe or a file.");
  }

  private void show(Terminal terminal) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream shown = terminal.output()) {
      for (int n = shown.read(buffer); n >= 0; n = shown.read(buffer)) {
        shell.out().write(buffer, 0, n);
        shell.out().flush();
      }
    } catch (IOException closed) {
      terminal.signal(HANG_UP);
      throw new OutputClosed();
    }
  }

  /** Ctrl-P Ctrl-Q leaves the program running, as it does with containers. */
  private void type(Terminal terminal) {
    byte[] keys = new byte[1 << 12];
    byte before = 0;
    try {
      for (int n = shell.in().read(keys); n >= 0; n = shell.in().read(keys)) {
        for (int i = 0; i < n; i++) {
          if (before == CONTROL_P && keys[i] == CONTROL_Q) {
            left.set(true);
            terminal.close();
            return;
          }
          before = keys[i];
        }
        terminal.input().write(keys, 0, n);
      }
    } catch (IOException | ClawLiveException over) {
      return; // It takes no more keys; how it ends is told by what it shows.
    }
  }

  private static void resize(Terminal terminal) {
    RawTerminal.size().ifPresent(size -> terminal.resize(size.columns(), size.rows()));
  }

  /** A signal's own thread is not for calls. */
  private static void later(Runnable action) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            action.run();
          } catch (ClawLiveException over) {
            return; // It has ended, or its connection is lost, which what it shows tells.
          }
        });
  }
}
