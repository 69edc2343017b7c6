package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Deliveries;
import io.clawlive.bench.load.Effort;
import io.clawlive.bench.peer.BareMethods;
import io.clawlive.bench.peer.BareProcess;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.nio.file.Path;
import java.util.List;

/** The workloads {@code fan-out} and {@code web}. */
public final class FanOut {
  private static final String NAME = "fan-out";
  private static final String EACH = "bare gRPC, one message an event";
  private static final String GATHERED = "bare gRPC, gathered 10 ms";
  private static final String PLAIN = "plain gRPC";
  private static final double MOST_CPU_MICROS = 4;
  private static final int WEB_WATCHERS = 1_000;
  private static final double WEB_PER_SECOND = 20;

  /**
   * Load at an even rate.
   *
   * @param p99 what the 99th of a hundred must reach, in ms
   * @param cpu what the server may use for a delivery, in µs
   */
  private record Point(int watchers, double perSecond, Requirement p99, Requirement cpu) {}

  private static final List<Point> POINTS =
      List.of(
          new Point(1, 100, Requirement.none(), Requirement.none()),
          new Point(100, 100, Requirement.none(), Requirement.none()),
          new Point(200, 500, Requirement.none(), new Requirement.AtMost(MOST_CPU_MICROS)),
          new Point(1_000, 100, new Requirement.AtMost(30), Requirement.none()),
          new Point(1_000, 300, new Requirement.AtMost(100), Requirement.none()),
          new Point(5_000, 20, Requirement.none(), Requirement.none()));

  private static final List<Integer> CROWDS = List.of(1, 100, 1_000, 5_000);

  private final Stage ours;
  private final Stage each;
  private final Stage gathered;
  private final Effort effort;
  private final Report report;

  private FanOut(Stage ours, Stage each, Stage gathered, Effort effort, Report report) {
    this.ours = ours;
    this.each = each;
    this.gathered = gathered;
    this.effort = effort;
    this.report = report;
  }

  /** Measures idle memory, then even rates, then as much as goes. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    IdleWatchers.run(target, report);
    Path folder = target.fresh(NAME);
    try (RunningServer server = target.serve(folder);
        BareProcess bare = BareProcess.start(folder.resolve("bare.log"));
        Stage ours = new OurStage(server);
        Stage each = new BareStage(bare, BareMethods.WATCH_EACH);
        Stage gathered = new BareStage(bare, BareMethods.WATCH_GATHERED)) {
      var fanOut = new FanOut(ours, each, gathered, effort, report);
      fanOut.warmUp();
      for (Point point : POINTS) {
        fanOut.paced(point);
      }
      for (int watchers : CROWDS) {
        fanOut.saturated(watchers);
      }
    }
  }

  /** What a browser's way costs beside the plain one, to the same server. */
  public static void throughTheWebDoor(Target target, Effort effort, Report report)
      throws Exception {
    try (RunningServer server = target.serve(target.fresh("web"));
        Stage plain = new OurStage(server);
        Stage web = new WebStage(server)) {
      Measured.saturated(plain, 100, effort.seconds());
      Measured.saturated(web, 100, effort.seconds());
      var plainly = new Figures();
      var throughWeb = new Figures();
      for (int i = 0; i < effort.repetitions(); i++) {
        plainly.add(Measured.paced(plain, WEB_WATCHERS, WEB_PER_SECOND, effort.seconds()));
        throughWeb.add(Measured.paced(web, WEB_WATCHERS, WEB_PER_SECOND, effort.seconds()));
      }
      String load = crowd(WEB_WATCHERS) + " x %.0f/s by gRPC-Web".formatted(WEB_PER_SECOND);
      report.add(
          Row.of("web", load + ", p50", throughWeb.p50.value(), "ms")
              .against(PLAIN, plainly.p50.value()));
      report.add(
          Row.of("web", load + ", p99", throughWeb.p99.value(), "ms")
              .against(PLAIN, plainly.p99.value()));
      report.add(
          Row.of("web", load + ", server CPU a delivery", throughWeb.cpu.value(), "us")
              .against(PLAIN, plainly.cpu.value()));
    }
  }

  /** One measurement of ours alone, for whoever has another peer. */
  public static Deliveries paced(
      RunningServer server, int watchers, double perSecond, double seconds) throws Exception {
    try (Stage stage = new OurStage(server)) {
      return Measured.paced(stage, watchers, perSecond, seconds).deliveries();
    }
  }

  private void warmUp() throws InterruptedException {
    for (Stage stage : List.of(ours, each, gathered)) {
      Measured.saturated(stage, 100, effort.seconds());
    }
  }

  private interface Measurement {
    Measured on(Stage stage) throws InterruptedException;
  }

  /** One figure of each stage in turn, as often as asked for. */
  private List<Figures> inTurn(Measurement measurement) throws InterruptedException {
    List<Stage> stages = List.of(ours, each, gathered);
    List<Figures> figures = List.of(new Figures(), new Figures(), new Figures());
    for (int i = 0; i < effort.repetitions(); i++) {
      for (int s = 0; s < stages.size(); s++) {
        figures.get(s).add(measurement.on(stages.get(s)));
      }
    }
    return figures;
  }

  private void paced(Point point) throws InterruptedException {
    List<Figures> all =
        inTurn(
            stage -> Measured.paced(stage, point.watchers(), point.perSecond(), effort.seconds()));
    Figures our = all.get(0);
    Figures bareEach = all.get(1);
    Figures bareGathered = all.get(2);
    String load = crowd(point.watchers()) + " x %.0f/s".formatted(point.perSecond());
    double offered = point.watchers() * point.perSecond();
    report.add(
        Row.of(NAME, load + ", deliveries", our.perSecond.value(), "1/s")
            .against("offered", offered));
    report.add(
        Row.of(NAME, load + ", p50", our.p50.value(), "ms").against(EACH, bareEach.p50.value()));
    report.add(
        Row.of(NAME, load + ", p99", our.p99.value(), "ms")
            .against(EACH, bareEach.p99.value())
            .requires(point.p99()));
    report.add(
        Row.of(NAME, load + ", p99", our.p99.value(), "ms")
            .against(GATHERED, bareGathered.p99.value()));
    report.add(
        Row.of(NAME, load + ", server CPU a delivery", our.cpu.value(), "us")
            .against(EACH, bareEach.cpu.value())
            .requires(point.cpu()));
    report.add(
        Row.of(NAME, load + ", server CPU a delivery", our.cpu.value(), "us")
            .against(GATHERED, bareGathered.cpu.value()));
  }

  private void saturated(int watchers) throws InterruptedException {
    List<Figures> all = inTurn(stage -> Measured.saturated(stage, watchers, effort.seconds()));
    String load = crowd(watchers) + ", as much as goes";
    report.add(
        Row.of(NAME, load, all.get(0).perSecond.value(), "deliveries/s")
            .against(EACH, all.get(1).perSecond.value()));
    report.add(
        Row.of(NAME, load, all.get(0).perSecond.value(), "deliveries/s")
            .against(GATHERED, all.get(2).perSecond.value()));
    report.add(
        Row.of(NAME, load + ", server CPU a delivery", all.get(0).cpu.value(), "us")
            .against(GATHERED, all.get(2).cpu.value()));
  }

  private static String crowd(int watchers) {
    return watchers == 1 ? "1 watcher" : "%,d watchers".formatted(watchers);
  }
}
