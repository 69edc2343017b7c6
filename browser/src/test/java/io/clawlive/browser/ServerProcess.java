package io.clawlive.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server as a process of its own, which a test may kill and start again where it was. */
final class ServerProcess implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final int grpc;
  private final int web;
  private Process process;

  private ServerProcess(Path home) throws IOException {
    this.home = home;
    this.grpc = freePort();
    this.web = freePort();
    this.process = launch();
  }

  static ServerProcess start(Path home) throws IOException {
    return new ServerProcess(home);
  }

  /** Where the SDK and the command line call. */
  String grpc() {
    return "127.0.0.1:" + grpc;
  }

  /** Where browsers call; without a slash at its end. */
  String web() {
    return "http://127.0.0.1:" + web;
  }

  /** The value of a metric without labels. */
  double metric(String name) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(web() + "/metrics")).build();
      String text = http.send(request, BodyHandlers.ofString()).body();
      Matcher line = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
      if (!line.find()) {
        throw new AssertionError("no metric " + name);
      }
      return Double.parseDouble(line.group(1));
    } catch (IOException e) {
      throw new AssertionError("the metrics cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** On the same data and the same ports; returns when it is ready. */
  void startAgain() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    Process started =
        java(
                home,
                "io.clawlive.server.Main",
                "serve",
                "--grpc-port",
                Integer.toString(grpc),
                "--http-port",
                Integer.toString(web))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectError(Redirect.to(home.resolve("server.log").toFile()))
            .start();
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

  /** A Java program of our class path as another process. */
  static ProcessBuilder java(Path home, String main, String... arguments) {
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
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLAWLIVE_HOME", home.toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("CLAWLIVE_(SERVER|TOKEN|PROFILE|SESSION)"));
    return builder;
  }

  @Override
  public void close() {
    http.shutdownNow();
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
