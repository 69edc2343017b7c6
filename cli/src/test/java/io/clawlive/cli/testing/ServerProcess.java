package io.clawlive.cli.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The real server as a process of its own, which a test may kill and start again where it was. */
public final class ServerProcess implements AutoCloseable {
  private final Path home;
  private final Map<String, String> settings;
  private final int grpc;
  private final int web;
  private Process process;

  private ServerProcess(Path home, Map<String, String> settings) throws IOException {
    this.home = home;
    this.settings = settings;
    this.grpc = freePort();
    this.web = freePort();
    this.process = launch();
  }

  /** With its data in a home of its own; returns when it is ready. */
  public static ServerProcess start(Path home) throws IOException {
    return start(home, Map.of());
  }

  /** The same with settings as environment variables. */
  public static ServerProcess start(Path home, Map<String, String> settings) throws IOException {
    return new ServerProcess(home, settings);
  }

  /** Where the SDK and the command line call. */
  public String grpc() {
    return "127.0.0.1:" + grpc;
  }

  /** Where browsers call; without a slash at its end. */
  public String web() {
    return "http://127.0.0.1:" + web;
  }

  /** Ends it with SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** On the same data and the same ports; returns when it is ready. */
  public void startAgain() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        java(
                home,
                "io.clawlive.server.Main",
                "serve",
                "--grpc-port",
                Integer.toString(grpc),
                "--http-port",
                Integer.toString(web))
            .redirectError(Redirect.to(home.resolve("server.log").toFile()));
    builder.environment().putAll(settings);
    Process started = builder.start();
    BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready grpc=")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return started;
      }
    }
    throw new IOException(
        "the server ended before it was ready: " + Files.readString(home.resolve("server.log")));
  }

  /** Below the ports that the system gives to clients, so that nobody takes it during a restart. */
  private static int freePort() throws IOException {
    for (int tries = 0; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (tries == 20) {
          throw e;
        }
      }
    }
  }

  /** A Java program of our class path as another process, with nothing to read. */
  public static ProcessBuilder java(Path home, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(Redirect.from(new File("/dev/null")));
    builder.environment().put("CLAWLIVE_HOME", home.toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("CLAWLIVE_(SERVER|TOKEN|PROFILE|SESSION)"));
    return builder;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
