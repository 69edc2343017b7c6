package io.clawlive.cli.streams;

import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.cli.text.LineSplitter;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A command whose output goes to our own streams and, line by line, into a session. */
final class Child {
  private static final int NOT_FOUND = 127;

  private final Shell shell;
  private final SessionChoice choice;
  private final Consumer<Event> events;
  private final AtomicBoolean refused = new AtomicBoolean();

  Child(Shell shell, SessionChoice choice, Consumer<Event> events) {
    this.shell = shell;
    this.choice = choice;
    this.events = events;
  }

  /** Runs the command to its end and answers with its exit code. */
  int run(List<String> command, OutputOptions output) throws InterruptedException {
    Process process;
    try {
      process = builder(command).start();
    } catch (IOException e) {
      publish(Events.log(Level.ERROR, "run", "cannot start " + command.getFirst(), false), output);
      output.notice("'%s' cannot be started: %s".formatted(command.getFirst(), e.getMessage()));
      return NOT_FOUND;
    }
    forwardSignals(process);
    Thread out = pump(process.getInputStream(), shell.out(), Level.INFO, "stdout", output);
    Thread err = pump(process.getErrorStream(), shell.err(), Level.WARN, "stderr", output);
    int exit = process.waitFor();
    out.join();
    err.join();
    Level level = exit == 0 ? Level.INFO : Level.ERROR;
    publish(Events.log(level, "run", "exit code " + exit, false), output);
    return exit;
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.INHERIT);
    builder.environment().put("CLAWLIVE_SESSION", choice.sessionId());
    builder.environment().put("CLAWLIVE_SERVER", choice.target().address().toString());
    return builder;
  }

  /**
   * Ctrl-C in a terminal reaches the command by itself, for it is in the same foreground group; a
   * second one might make it give up harder than the user meant.
   */
  private void forwardSignals(Process process) {
    // Through its handle: the process's own destroy() would also close the output we are to send.
    ProcessHandle handle = process.toHandle();
    Signals.on("TERM", handle::destroy);
    Signals.on("HUP", handle::destroy);
    Signals.on(
        "INT",
        () -> {
          if (!shell.terminal().present()) {
            interrupt(process);
          }
        });
  }

  private static void interrupt(Process process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    } catch (IOException e) {
      process.toHandle().destroy(); // A system without kill: ending it is what was asked for, too.
    }
  }

  private Thread pump(
      InputStream from, OutputStream to, Level level, String module, OutputOptions output) {
    return Thread.ofVirtual()
        .start(() -> {
          LineSplitter lines =
              new LineSplitter(
                  (line, more) -> publish(Events.log(level, module, line, more), output));
          OutputStream copy = to;
          byte[] buffer = new byte[1 << 16];
          try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
              copy = copy(copy, buffer, n);
              lines.accept(buffer, 0, n);
            }
          } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The command's output broke off.", e);
          } finally {
            lines.end();
          }
        });
  }

  private static OutputStream copy(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return to;
    } catch (IOException e) {
      return OutputStream.nullOutputStream();
    }
  }

  /** A session that takes no more events must not stop the command; it is told once. */
  private void publish(Event event, OutputOptions output) {
    try {
      events.accept(event);
    } catch (ClawLiveException e) {
      if (refused.compareAndSet(false, true)) {
        output.notice(e.getMessage() + " The command goes on; its output is not sent any more.");
      }
    }
  }
}
