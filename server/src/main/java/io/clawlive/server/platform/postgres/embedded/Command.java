package io.clawlive.server.platform.postgres.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that runs to its end; what it says on both outputs is kept. */
final class Command {
  private final Process process;
  private final CompletableFuture<String> output = new CompletableFuture<>();

  private Command(Process process) {
    this.process = process;
  }

  /** Starts it without waiting. */
  static Command start(List<String> arguments, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    // PGDATA, PGPORT and their like in the user's environment are meant for other servers.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    var command = new Command(builder.start());
    Thread.ofVirtual().name("postgres-command").start(command::read);
    return command;
  }

  /** Runs it to its end, or to the end of the time, when it is killed. */
  static Result run(List<String> arguments, Path folder, Duration limit)
      throws IOException, InterruptedException {
    Command command = start(arguments, folder);
    if (!command.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      command.process.destroyForcibly();
      return new Result(-1, "it took longer than " + limit.toSeconds() + " s");
    }
    return command.result();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for the end. */
  Result result() throws InterruptedException {
    int code = process.waitFor();
    try {
      return new Result(code, output.get(2, TimeUnit.SECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return new Result(code, "");
    }
  }

  private void read() {
    try (var in = process.getInputStream()) {
      output.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      output.completeExceptionally(new UncheckedIOException(e));
    }
  }

  record Result(int code, String output) {
    boolean succeeded() {
      return code == 0;
    }
  }
}
