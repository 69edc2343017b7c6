package io.clawlive.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real server as a process of its own, which a test may kill. */
final class ServerUnderTest implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready grpc=(\\S+) .*");
  private static final Pattern TOKEN = Pattern.compile("(?m)^token = \"([^\"]*)\"$");

  private final Path home;
  private final Map<String, String> settings;
  private final int port;
  private @Nullable Process process;

  /** Starts on a data directory below {@code home} and returns when the server is ready. */
  ServerUnderTest(Path home) {
    this(home, Map.of());
  }

  /** The same with settings as environment variables. */
  ServerUnderTest(Path home, Map<String, String> settings) {
    this.settings = settings;
    this.home = home;
    this.port = freePort();
    start();
  }

  void start() {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.clawlive.server.Main",
            "serve",
            "--data",
            home.resolve("data").toString(),
            "--grpc-port",
            Integer.toString(port),
            "--http-port",
            "0");
    builder.environment().putAll(settings);
    builder.environment().put("CLAWLIVE_HOME", home.toString());
    builder.environment().put("CLAWLIVE_LOG_LEVEL", "WARN");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile()));
    try {
      Process started = builder.start();
      process = started;
      awaitReady(started);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** The local administrator's key. */
  String token() {
    try {
      Matcher found = TOKEN.matcher(Files.readString(home.resolve("local-server.toml")));
      if (!found.find()) {
        throw new IllegalStateException("no token in local-server.toml");
      }
      return found.group(1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** As {@code kill -9}. */
  void kill() {
    end(true);
  }

  @Override
  public void close() {
    end(false);
  }

  private void end(boolean forcibly) {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    if (forcibly) {
      running.destroyForcibly();
    } else {
      running.destroy();
    }
    try {
      if (!running.waitFor(20, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady(Process started) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (READY.matcher(line).matches()) {
        return;
      }
    }
    throw new IllegalStateException(
        "the server ended before it was ready: " + Files.readString(home.resolve("server.log")));
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
