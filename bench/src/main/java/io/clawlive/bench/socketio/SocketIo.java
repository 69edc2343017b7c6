package io.clawlive.bench.socketio;

import io.clawlive.bench.fanout.FanOut;
import io.clawlive.bench.ingest.Publishers;
import io.clawlive.bench.load.Deliveries;
import io.clawlive.bench.load.Effort;
import io.clawlive.bench.load.Median;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.Postgres;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The workload {@code socket-io}. */
public final class SocketIo {
  private static final String NAME = "socket-io";
  private static final String PEER = "socketio";
  private static final String IDIOMATIC = "idiomatic";
  private static final List<String> MODES = List.of(IDIOMATIC, "batched");
  private static final double LEAST_RATIO = 10;
  private static final int WATCHERS = 1_000;

  private final RunningServer server;
  private final Account account;
  private final Postgres postgres;
  private final Path folder;
  private final Effort effort;
  private final Report report;

  private SocketIo(
      RunningServer server, Postgres postgres, Path folder, Effort effort, Report report)
      throws Exception {
    this.server = server;
    this.account = server.account();
    this.postgres = postgres;
    this.folder = folder;
    this.effort = effort;
    this.report = report;
  }

  /** Measures ingest and fan-out of both, in turn, on the same PostgreSQL. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    if (!NodePeer.isAvailable()) {
      report.add(Row.notRun(NAME, "ingest and fan-out", "node and npm are not on the PATH"));
      return;
    }
    Path folder = target.fresh(NAME);
    NodePeer.install(PEER, folder);
    try (RunningServer server = target.serve(folder)) {
      Postgres postgres = target.postgres(folder);
      var workload = new SocketIo(server, postgres, folder, effort, report);
      Publishers.run(workload.account, 16, 64, effort.seconds());
      for (String mode : MODES) {
        workload.ingest(mode, 1, 256);
        workload.ingest(mode, 16, 64);
      }
      for (String mode : MODES) {
        workload.fanOut(mode, 100);
        workload.fanOut(mode, 300);
      }
      drop(postgres);
    }
  }

  private void ingest(String mode, int publishers, int inFlight) throws Exception {
    var ours = new Median();
    var theirs = new Median();
    for (int i = 0; i < effort.repetitions(); i++) {
      ours.add(Publishers.run(account, publishers, inFlight, effort.seconds()));
      try (NodePeer peer = NodePeer.start(folder, postgres, mode)) {
        theirs.add(
            peer.load("ingest", publishers, inFlight, effort.seconds()).number("per_second"));
      }
    }
    Row row =
        Row.of(NAME, "ingest %d x %d".formatted(publishers, inFlight), ours.value(), "events/s")
            .against("Socket.IO + pg, " + mode, theirs.value());
    report.add(
        mode.equals(IDIOMATIC) ? row.requires(new Requirement.RatioAtLeast(LEAST_RATIO)) : row);
  }

  private void fanOut(String mode, int perSecond) throws Exception {
    var p99 = new Median();
    var theirP99 = new Median();
    var theirRate = new Median();
    var rate = new Median();
    for (int i = 0; i < effort.repetitions(); i++) {
      Deliveries ours = FanOut.paced(server, WATCHERS, perSecond, effort.seconds());
      p99.add(ours.p99Millis());
      rate.add(ours.perSecond());
      try (NodePeer peer = NodePeer.start(folder, postgres, mode)) {
        NodePeer.Result theirs = peer.load("fanout", WATCHERS, perSecond, effort.seconds());
        theirP99.add(theirs.number("p99"));
        theirRate.add(theirs.number("per_second"));
      }
    }
    String what = "fan-out %,d watchers x %d/s, ".formatted(WATCHERS, perSecond);
    report.add(
        Row.of(NAME, what + "p99", p99.value(), "ms")
            .against("Socket.IO + pg, " + mode, theirP99.value()));
    report.add(
        Row.of(NAME, what + "deliveries", rate.value(), "1/s")
            .against("Socket.IO + pg, " + mode, theirRate.value()));
  }

  private static void drop(Postgres postgres) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS clawlive_bench_socketio CASCADE");
    }
  }
}
