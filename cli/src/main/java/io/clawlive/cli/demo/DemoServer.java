package io.clawlive.cli.demo;

import io.clawlive.cli.connection.Address;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.home.Home;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ClawLiveOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The server of a demo: the one that is there, or one started for the demo and stopped after it.
 */
final class DemoServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final int USUAL_GRPC_PORT = 9090;
  private static final int USUAL_HTTP_PORT = 8080;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Target target;
  private final @Nullable Process process;

  private DemoServer(Target target, @Nullable Process process) {
    this.target = target;
    this.process = process;
  }

  /** Finds a server that answers, or starts one. */
  static DemoServer findOrStart(ServerOptions server, OutputOptions output)
      throws InterruptedException {
    Target target = server.target();
    if (answers(target.address())) {
      output.notice("Using the server at %s.".formatted(target.address()));
      return new DemoServer(target, null);
    }
    if (server.namedServer().isPresent() || target.source().startsWith("profile")) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "No server answers at %s (from %s). Start it, or leave it out and the demo starts its own."
              .formatted(target.address(), target.source()));
    }
    return start(server, output);
  }

  Target target() {
    return target;
  }

  /** Whether the demo started it, so that it ends with the demo. */
  boolean own() {
    return process != null;
  }

  private static boolean answers(Address address) {
    ClawLiveOptions options =
        ClawLiveOptions.of(address.hostAndPort())
            .withTls(address.tls())
            .withConnectTimeout(Duration.ofSeconds(2))
            .withCallTimeout(Duration.ofSeconds(3))
            .withRetries(0);
    try (ClawLive client = ServerOptions.connect(options)) {
      client.identity().whoAmI();
      return true;
    } catch (ClawLiveException e) {
      return false;
    }
  }

  private static DemoServer start(ServerOptions server, OutputOptions output)
      throws InterruptedException {
    String launcher = System.getProperty("clawlive.launcher");
    if (launcher == null) {
      throw new Failure(
          ExitCode.FAILED,
          "No server runs, and only the script 'clawlive' at the top of the project can start one."
              + " Run './clawlive demo' there.");
    }
    Home home = server.home();
    Path data = home.folder("demo");
    Path log = data.resolve("server.log");
    output.notice("No server is running; starting one on %s …".formatted(data.resolve("data")));
    Process process;
    try {
      List<String> command = new ArrayList<>();
      if (Files.isExecutable(SETSID)) {
        // In a session of its own, so that Ctrl-C ends the demo first and the demo ends the server.
        command.add(SETSID.toString());
      }
      command.addAll(List.of(launcher, "serve", "--data", data.resolve("data").toString()));
      command.addAll(List.of("--grpc-port", Integer.toString(freePort(USUAL_GRPC_PORT))));
      command.addAll(List.of("--http-port", Integer.toString(freePort(USUAL_HTTP_PORT))));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("CLAWLIVE_HOME", home.folder().toString());
      process = builder.redirectInput(new File("/dev/null")).redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "The server cannot be started: " + e.getMessage(), e);
    }
    // A demo that is killed must not leave its server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
    awaitReady(process, log, output);
    return new DemoServer(server.chooseAgain(), process);
  }

  private static void awaitReady(Process process, Path log, OutputOptions output)
      throws InterruptedException {
    CompletableFuture<Optional<String>> ready =
        CompletableFuture.supplyAsync(() -> readyLine(process));
    long begun = System.nanoTime();
    while (true) {
      try {
        Optional<String> line = ready.get(3, TimeUnit.SECONDS);
        if (line.isEmpty()) {
          throw new Failure(
              ExitCode.FAILED,
              "The server ended with code %d before it was ready. What it said is in %s."
                  .formatted(process.waitFor(), log));
        }
        output.notice("The server is up after %d s: %s".formatted(since(begun), line.get()));
        return;
      } catch (TimeoutException e) {
        long seconds = since(begun);
        if (seconds > LONGEST_START.toSeconds()) {
          stop(process);
          throw new Failure(
              ExitCode.UNAVAILABLE,
              "The server was not ready after %d s. What it said is in %s.".formatted(seconds, log),
              e);
        }
        output.notice(
            "… still starting, %d s (the first start unpacks PostgreSQL)".formatted(seconds));
      } catch (ExecutionException e) {
        throw new Failure(ExitCode.FAILED, "The server's output broke off.", e);
      }
    }
  }

  private static long since(long begun) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }

  /** Reads on after the line, so that the server never waits for a full pipe. */
  private static Optional<String> readyLine(Process process) {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ready ")) {
          Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
          return Optional.of(line);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false; // Somebody listens there.
    }
  }

  /** The usual port, or the next one that nobody has. */
  private static int freePort(int usual) {
    for (int port = usual; port < usual + 100; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new Failure(
        ExitCode.FAILED,
        "No port from %d to %d is free. End what listens there, or start a server elsewhere and set CLAWLIVE_SERVER."
            .formatted(usual, usual + 99));
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      stop(process);
    }
  }
}
