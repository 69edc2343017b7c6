package io.clawlive.bench.rooms;

import io.clawlive.bench.target.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import redis.embedded.RedisServer;

/**
 * A Redis that keeps nothing: the system's own where there is one, else one that is brought along.
 */
final class RedisProcess implements AutoCloseable {
  private final int port;
  private final RedisServer server;

  private RedisProcess(int port, RedisServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @throws IOException where there is none for this system, or it does not start
   */
  static RedisProcess start(Path folder) throws IOException {
    int port = Ports.free();
    var builder =
        RedisServer.newRedisServer()
            .bind("127.0.0.1")
            .port(port)
            .setting("save \"\"")
            .setting("dir " + folder)
            .onShutdownForceStop(true);
    onPath("redis-server").ifPresent(program -> builder.executableProvider(() -> program));
    RedisServer server = builder.build();
    server.start();
    return new RedisProcess(port, server);
  }

  private static Optional<File> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /** Where it listens, on this machine. */
  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
