package io.clawlive.bench.rooms;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.rooms.AgentCrowd.Talk;
import io.clawlive.bench.socketio.NodePeer;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workload {@code rooms}. */
public final class RoomsLoad {
  private static final String NAME = "rooms";
  private static final String PEER = "Socket.IO + Redis adapter + pg";

  /** Longer than others measure, so that heartbeats and leases take their turn. */
  private static final double STRETCH = 2.5;

  private static final double WARM_UP_SECONDS = 2;

  /**
   * How much each agent says.
   *
   * @param perAgent messages a second
   * @param p99 what the 99th of a hundred deliveries must reach, in ms, with a thousand agents
   */
  private record Point(double perAgent, double p99, Figures ours, Figures theirs) {
    Point(double perAgent, double p99) {
      this(perAgent, p99, new Figures(), new Figures());
    }
  }

  private final List<Point> points = List.of(new Point(1, 20), new Point(4, 40));
  private final RunningServer server;
  private final Effort effort;
  private final Report report;
  private final List<Seat> seats;

  private RoomsLoad(RunningServer server, Effort effort, Report report, List<Seat> seats) {
    this.server = server;
    this.effort = effort;
    this.report = report;
    this.seats = seats;
  }

  /** Measures talk in rooms, ours and the peer's in turn, on the same PostgreSQL. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    try (RunningServer server = target.serve(folder)) {
      Report.progress("registering %,d agents".formatted(effort.agents()));
      long begin = System.nanoTime();
      List<Seat> seats = Seats.prepare(server, effort.agents());
      Report.progress("  took %.1f s".formatted((System.nanoTime() - begin) / 1e9));
      var rooms = new RoomsLoad(server, effort, report, seats);
      rooms.warmUp();
      Optional<RoomsPeer> peer = rooms.peer(target, folder);
      try {
        rooms.measure(peer);
      } finally {
        if (peer.isPresent()) {
          peer.get().close();
        }
      }
      rooms.points.forEach(rooms::rows);
      rooms.compareWithTheLog();
    }
  }

  private Optional<RoomsPeer> peer(Target target, Path folder) throws InterruptedException {
    if (!NodePeer.isAvailable()) {
      report.add(RoomsPeer.notRun(NAME, "node and npm are not on the PATH"));
      return Optional.empty();
    }
    try {
      return Optional.of(RoomsPeer.prepare(folder.resolve("peer"), target.postgres(folder)));
    } catch (IOException e) {
      report.add(RoomsPeer.notRun(NAME, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private double seconds() {
    return STRETCH * effort.seconds();
  }

  /** So that no code runs for the first time when it counts. */
  private void warmUp() throws InterruptedException {
    try (var crowd = new AgentCrowd(server.address())) {
      crowd.join(seats);
      points.forEach(point -> crowd.talk(point.perAgent() * seats.size(), seconds()));
    }
  }

  private void measure(Optional<RoomsPeer> peer) throws InterruptedException {
    for (int i = 0; i < effort.repetitions(); i++) {
      try (var crowd = new AgentCrowd(server.address())) {
        crowd.join(seats);
        for (Point point : points) {
          talk(crowd, point);
        }
      }
      for (Point point : points) {
        if (peer.isPresent()) {
          talk(peer.get(), point);
        }
      }
    }
  }

  /** A peer that breaks down must not take our figures with it. */
  private void talk(RoomsPeer peer, Point point) throws InterruptedException {
    // What it cannot keep up with would stay with it from its warm-up.
    double warmUp = points.getFirst().perAgent() * seats.size();
    double perSecond = point.perAgent() * seats.size();
    try {
      peer.talk(seats.size(), perSecond, warmUp, seconds(), point.theirs());
    } catch (IOException e) {
      report.add(RoomsPeer.notRun(NAME, String.valueOf(e.getMessage())));
    }
  }

  private void talk(AgentCrowd crowd, Point point) {
    double perSecond = point.perAgent() * seats.size();
    crowd.talk(perSecond, WARM_UP_SECONDS);
    var load = new JvmProcess(ProcessHandle.current());
    long servedBefore = server.jvm().cpuNanos();
    long loadBefore = load.cpuNanos();
    long begin = System.nanoTime();
    Talk talk = crowd.talk(perSecond, seconds());
    double took = System.nanoTime() - begin;
    long served = server.jvm().cpuNanos() - servedBefore;
    Report.progress(
        "  ours at %.0f/s: server %.2f cores, its load %.2f cores"
            .formatted(perSecond, served / took, (load.cpuNanos() - loadBefore) / took));
    Figures ours = point.ours();
    ours.p50.add(talk.heard().p50Millis());
    ours.p99.add(talk.heard().p99Millis());
    ours.max.add(talk.heard().maxMillis());
    ours.perSecond.add(talk.heard().perSecond());
    ours.acknowledgedP50.add(talk.acknowledged().p50Millis());
    ours.acknowledgedP99.add(talk.acknowledged().p99Millis());
    ours.cpu.add(served / 1e3 / talk.heard().count());
    ours.lost += talk.missing();
  }

  private void rows(Point point) {
    Figures ours = point.ours();
    Figures theirs = point.theirs();
    String load =
        "%,d agents in %,d rooms, %,.0f messages/s, "
            .formatted(
                seats.size(), seats.size() / Seats.PER_ROOM, point.perAgent() * seats.size());
    var rows = new ArrayList<Row>();
    rows.add(row(load + "p50", ours.p50.value(), "ms", theirs.p50.value()));
    rows.add(
        row(load + "p99", ours.p99.value(), "ms", theirs.p99.value())
            .requires(new Requirement.AtMost(point.p99())));
    rows.add(row(load + "worst", ours.max.value(), "ms", theirs.max.value()));
    rows.add(
        row(
            load + "acknowledgement p50",
            ours.acknowledgedP50.value(),
            "ms",
            theirs.acknowledgedP50.value()));
    rows.add(
        row(
            load + "acknowledgement p99",
            ours.acknowledgedP99.value(),
            "ms",
            theirs.acknowledgedP99.value()));
    rows.add(row(load + "deliveries", ours.perSecond.value(), "1/s", theirs.perSecond.value()));
    rows.add(row(load + "server CPU a delivery", ours.cpu.value(), "us", theirs.cpu.value()));
    rows.add(
        row(load + "lost", ours.lost, "deliveries", theirs.lost)
            .requires(new Requirement.AtMost(0)));
    boolean alone = Double.isNaN(theirs.p50.value());
    rows.forEach(row -> report.add(alone ? row.against("", Double.NaN) : row));
  }

  private static Row row(String what, double ours, String unit, double theirs) {
    return Row.of(NAME, what, ours, unit).against(PEER, theirs);
  }

  private void compareWithTheLog() {
    StoredChat.Found found = StoredChat.compare(server.address(), seats);
    report.add(
        Row.of(NAME, "rooms whose log differs from what was acknowledged", found.apart(), "rooms")
            .requires(new Requirement.AtMost(0))
            .noted(
                "of %,d rooms the log was read, %,d messages"
                    .formatted(found.rooms(), found.acknowledged())));
  }
}
