package io.clawlive.cli.sandbox;

import com.google.protobuf.ByteString;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ProcessEvent;
import io.clawlive.sdk.ProcessExit;
import io.clawlive.sdk.SandboxProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A program in a sandbox on our own streams, byte by byte, until it has ended. */
final class ProcessStreams {
  private static final int BROKEN_PIPE = 13;
  private static final int PATIENCE = 3;

  private final Shell shell;
  private final OutputOptions output;

  ProcessStreams(Shell shell, OutputOptions output) {
    this.shell = shell;
    this.output = output;
  }

  /** Shows what it writes and answers with what it returned. */
  int follow(SandboxProcess process, boolean withInput) {
    forwardSignals(process);
    if (withInput) {
      Thread.ofPlatform().daemon().name("input").start(() -> feed(process));
    }
    try {
      for (ProcessEvent event : process) {
        switch (event) {
          case ProcessEvent.Stdout told -> write(told.bytes(), shell.out());
          case ProcessEvent.TerminalOutput told -> write(told.bytes(), shell.out());
          case ProcessEvent.Stderr told -> write(told.bytes(), shell.err());
          case ProcessEvent.Exited told -> {
            return code(told.exit(), output);
          }
        }
      }
    } catch (IOException closed) {
      process.signal(BROKEN_PIPE); // As the system does where both are on one machine.
      throw new OutputClosed();
    }
    return code(process.await(), output);
  }

  private static void write(ByteString bytes, OutputStream to) throws IOException {
    bytes.writeTo(to);
    to.flush();
  }

  static int code(ProcessExit exit, OutputOptions output) {
    if (!exit.reason().isEmpty()) {
      output.notice("The program ended with " + exit.code() + ": " + exit.reason());
    }
    return exit.code();
  }

  private void feed(SandboxProcess process) {
    byte[] buffer = new byte[1 << 18];
    try (OutputStream input = process.input()) {
      for (int n = shell.in().read(buffer); n >= 0; n = shell.in().read(buffer)) {
        input.write(buffer, 0, n);
      }
    } catch (IOException | ClawLiveException over) {
      return; // It reads no more; how it ends is told by its output.
    }
  }

  /** Who asks for the third time to be let go is let go, and the program runs on. */
  private static void forwardSignals(SandboxProcess process) {
    AtomicInteger interrupts = new AtomicInteger();
    Signals.on(
        "INT",
        () -> {
          if (interrupts.incrementAndGet() == PATIENCE) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
          }
          send(process, 2);
        });
    Signals.on("TERM", () -> send(process, 15));
    Signals.on("HUP", () -> send(process, 1));
  }

  private static void send(SandboxProcess process, int signal) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            process.signal(signal);
          } catch (ClawLiveException over) {
            return; // It has ended, or its connection is lost, which its output tells.
          }
        });
  }
}
