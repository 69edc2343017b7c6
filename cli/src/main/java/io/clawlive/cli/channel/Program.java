package io.clawlive.cli.channel;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program of the user that reads and writes lines, started again when it ends. Its errors go to
 * ours. A line is written whole, and to one run of the program: who writes is told which one.
 */
final class Program {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofSeconds(60);

  private final String command;
  private final Map<String, String> variables;
  private final OutputStream errors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable Process process;
  private long run;
  private boolean over;

  Program(String command, Map<String, String> variables, OutputStream errors) {
    this.command = command;
    this.variables = variables;
    this.errors = errors;
  }

  /**
   * Runs it, once or again and again, until {@link #stop}.
   *
   * @param line told every line it writes
   * @param ended told each end that another run follows, with the pause before it
   * @return its last exit code
   */
  int keepRunning(
      boolean once, Map<String, ?> greeting, Consumer<String> line, Consumer<String> ended)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      long begun = System.nanoTime();
      int exit = runOnce(greeting, line);
      lock.lock();
      try {
        if (once || over) {
          over = true;
          changed.signalAll();
          return exit;
        }
        if (System.nanoTime() - begun > STEADY.toNanos()) {
          pause = FIRST_PAUSE;
        }
        ended.accept(
            "The program ended with exit code %d; starting it again in %.1f s."
                .formatted(exit, pause.toMillis() / 1000.0));
        long left = pause.toNanos();
        while (left > 0 && !over) {
          left = changed.awaitNanos(left);
        }
        if (over) {
          return exit;
        }
      } finally {
        lock.unlock();
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private int runOnce(Map<String, ?> greeting, Consumer<String> line) throws InterruptedException {
    Process started = start();
    Thread copying = copyErrors(started);
    if (!appear(started, greeting)) {
      started.destroy();
    }
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String it = lines.readLine(); it != null; it = lines.readLine()) {
        line.accept(it);
      }
    } catch (IOException brokenOff) {
      started.destroy();
    }
    int exit = started.waitFor();
    copying.join();
    lock.lock();
    try {
      process = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return exit;
  }

  /** The greeting is the first line of a run, before any that waits for it. */
  private boolean appear(Process started, Map<String, ?> greeting) {
    writing.lock();
    try {
      boolean greeted = put(started, Json.write(greeting));
      lock.lock();
      try {
        process = started;
        run++;
        changed.signalAll();
        return greeted && !over;
      } finally {
        lock.unlock();
      }
    } finally {
      writing.unlock();
    }
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command).redirectError(Redirect.PIPE);
    builder.environment().putAll(variables);
    // The program needs no credential: what it does goes through its lines.
    builder.environment().remove("CLAWLIVE_TOKEN");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED, "'%s' cannot be started: %s".formatted(command, e.getMessage()), e);
    }
  }

  private Thread copyErrors(Process started) {
    return Thread.ofVirtual()
        .start(() -> {
          try (var from = started.getErrorStream()) {
            byte[] buffer = new byte[8_192];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
              errors.write(buffer, 0, n);
              errors.flush();
            }
          } catch (IOException e) {
            // Nobody reads our errors, so nobody misses the program's.
          }
        });
  }

  /**
   * Writes a line to the run that is there, waiting for one.
   *
   * @return which run has it; 0 when there will be none any more
   */
  long write(Map<String, ?> line) throws InterruptedException {
    String text = Json.write(line);
    while (true) {
      Process to;
      long which;
      lock.lock();
      try {
        while (process == null && !over) {
          changed.await();
        }
        to = process;
        which = run;
        if (to == null || over) {
          return 0;
        }
      } finally {
        lock.unlock();
      }
      writing.lock();
      try {
        if (put(to, text)) {
          return which;
        }
      } finally {
        writing.unlock();
      }
      awaitEnd(which);
    }
  }

  private static boolean put(Process to, String text) {
    try {
      OutputStream in = to.getOutputStream();
      in.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether this run is the one that is there. */
  boolean isThere(long which) {
    lock.lock();
    try {
      return run == which && process != null && !over;
    } finally {
      lock.unlock();
    }
  }

  private void awaitEnd(long which) throws InterruptedException {
    lock.lock();
    try {
      while (run == which && process != null && !over) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for anything to change: a run, or what {@link #wake} told. */
  void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long unused = changed.awaitNanos(longest.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Wakes who waits. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the run that is there, and no other follows. */
  void stop() {
    Process there;
    lock.lock();
    try {
      over = true;
      there = process;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (there != null) {
      try {
        there.getOutputStream().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        there.toHandle().descendants().forEach(ProcessHandle::destroy);
        there.toHandle().destroy();
      }
    }
  }
}
