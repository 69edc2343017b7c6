package io.clawlive.server.sandbox;

import io.clawlive.server.testing.Client;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own, with its database, that a test kills and starts again. */
final class KilledServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready grpc=\\S*:(\\d+) .*");
  private static final Pattern TOKEN = Pattern.compile("(?m)^token = \"([^\"]*)\"$");

  private final Path home;
  private final List<String> settings;
  private Process process;
  private ManagedChannel channel;

  private KilledServer(Path home, List<String> settings) {
    this.home = home;
    this.settings = settings;
  }

  /**
   * Returns when it is ready.
   *
   * @param settings as {@code name=value}
   */
  static KilledServer start(Path home, List<String> settings) throws IOException {
    KilledServer server = new KilledServer(home, settings);
    server.launch();
    return server;
  }

  /** The administrator of its machine, until it is killed. */
  Client admin() throws IOException {
    Matcher token = TOKEN.matcher(Files.readString(home.resolve("local-server.toml")));
    if (!token.find()) {
      throw new IOException("the server wrote no key");
    }
    return new Client(channel, token.group(1));
  }

  Path sandboxes() {
    return home.resolve("sandboxes");
  }

  void killAndStartAgain() throws IOException, InterruptedException {
    kill();
    launch();
  }

  private void launch() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.clawlive.server.Main",
            "serve",
            "--grpc-port",
            "0",
            "--http-port",
            "0");
    builder
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectError(Redirect.appendTo(home.resolve("server.log").toFile()))
        .environment()
        .put("CLAWLIVE_HOME", home.toString());
    settings.forEach(setting -> {
      String[] parts = setting.split("=", 2);
      builder
          .environment()
          .put(parts[0].toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"), parts[1]);
    });
    process = builder.start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        channel =
            NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(ready.group(1)))
                .usePlaintext()
                .build();
        return;
      }
    }
    throw new IOException(
        "the server ended before it was ready: " + Files.readString(home.resolve("server.log")));
  }

  private void kill() throws InterruptedException {
    channel.shutdownNow();
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
