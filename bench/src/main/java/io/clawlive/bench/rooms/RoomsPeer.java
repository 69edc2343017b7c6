package io.clawlive.bench.rooms;

import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.socketio.NodePeer;
import io.clawlive.bench.target.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rooms by Socket.IO with its Redis adapter, one INSERT a message; each measurement a new server.
 */
final class RoomsPeer implements AutoCloseable {
  private static final String SOURCE = "socketio-rooms";

  private final Path folder;
  private final Postgres postgres;
  private final RedisProcess redis;

  private RoomsPeer(Path folder, Postgres postgres, RedisProcess redis) {
    this.folder = folder;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Installs what it needs into a folder and starts its Redis. */
  static RoomsPeer prepare(Path folder, Postgres postgres)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    NodePeer.install(SOURCE, folder);
    return new RoomsPeer(folder, postgres, RedisProcess.start(folder));
  }

  /** Lets its clients talk in turn at an even rate. */
  void talk(int agents, double perSecond, double warmUpPerSecond, double seconds, Figures figures)
      throws IOException, InterruptedException {
    try (NodePeer peer = NodePeer.start(folder, postgres, Integer.toString(redis.port()))) {
      NodePeer.Result result =
          peer.load(peer.pid(), agents, Seats.PER_ROOM, perSecond, warmUpPerSecond, seconds);
      figures.p50.add(result.number("p50"));
      figures.p99.add(result.number("p99"));
      figures.max.add(result.number("max"));
      figures.perSecond.add(result.number("per_second"));
      figures.acknowledgedP50.add(result.number("acknowledged_p50"));
      figures.acknowledgedP99.add(result.number("acknowledged_p99"));
      figures.cpu.add(result.number("server_cpu_micros"));
      figures.lost += result.number("lost");
      Report.progress(
          "  peer at %.0f/s: server %.2f cores, its load %.2f cores"
              .formatted(perSecond, result.number("server_cores"), result.number("load_cores")));
    }
  }

  /** The row that says why there is no peer. */
  static Row notRun(String workload, String why) {
    return Row.notRun(workload, "Socket.IO + Redis adapter + pg", why);
  }

  @Override
  public void close() throws IOException, SQLException {
    redis.close();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS clawlive_bench_socketio_rooms CASCADE");
    }
  }
}
