package io.clawlive.bench.socketio;

import io.clawlive.bench.target.Ports;
import io.clawlive.bench.target.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Node.js server and its load generator, as processes. */
public final class NodePeer implements AutoCloseable {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "server.js", "load.js");
  private static final long INSTALL_SECONDS = 180;
  private static final long LOAD_SECONDS = 180;

  private final Path folder;
  private final int port;
  private final Process server;

  private NodePeer(Path folder, int port, Process server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /** Whether Node.js and npm can be started. */
  public static boolean isAvailable() throws InterruptedException {
    return answers("node") && answers("npm");
  }

  private static boolean answers(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /**
   * Copies a peer into a folder and installs what its lock file names.
   *
   * @param peer its name in {@code bench/peers}
   */
  public static void install(String peer, Path folder) throws IOException, InterruptedException {
    Path source = Path.of(System.getenv().getOrDefault("CLAWLIVE_BENCH_PEERS", "bench/peers"));
    for (String file : FILES) {
      Files.copy(
          source.resolve(peer).resolve(file),
          folder.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path log = folder.resolve("npm.log");
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IOException("npm ci failed; see " + log);
    }
  }

  /** Starts the server with its port and this argument, which is the peer's own. */
  public static NodePeer start(Path folder, Postgres postgres, String argument) throws IOException {
    int port = Ports.free();
    var command = new ProcessBuilder("node", "server.js", Integer.toString(port), argument);
    URI database = URI.create(postgres.jdbcUrl().substring("jdbc:".length()));
    command.environment().put("PGHOST", database.getHost());
    command.environment().put("PGPORT", Integer.toString(database.getPort()));
    command.environment().put("PGDATABASE", database.getPath().substring(1));
    command.environment().put("PGUSER", postgres.user());
    command.environment().put("PGPASSWORD", postgres.password());
    Process server =
        command
            .directory(folder.toFile())
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      server.destroyForcibly();
      throw new IOException(
          "the Socket.IO server did not start: " + Files.readString(folder.resolve("server.log")));
    }
    return new NodePeer(folder, port, server);
  }

  /** What a run of the load generator found. */
  public record Result(String json) {
    /** A figure by its name; NaN when there is none. */
    public double number(String name) {
      Matcher matcher = Pattern.compile("\"" + name + "\":([-0-9.e+]+)").matcher(json);
      return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }
  }

  /** The server's process. */
  public long pid() {
    return server.pid();
  }

  /** Runs the load generator with these arguments after the port. */
  public Result load(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "load.js", Integer.toString(port)));
    for (Object argument : arguments) {
      command.add(String.valueOf(argument));
    }
    Path out = folder.resolve("load.out");
    Process load =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("load.log").toFile())
            .start();
    if (!load.waitFor(LOAD_SECONDS, TimeUnit.SECONDS) || load.exitValue() != 0) {
      load.destroyForcibly();
      throw new IOException(
          "the Socket.IO load failed: " + Files.readString(folder.resolve("load.log")));
    }
    return new Result(Files.readString(out));
  }

  @Override
  public void close() throws InterruptedException {
    server.destroy();
    server.waitFor(10, TimeUnit.SECONDS);
  }
}
