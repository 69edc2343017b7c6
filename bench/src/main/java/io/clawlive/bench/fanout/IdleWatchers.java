package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Audience;
import io.clawlive.bench.peer.BareMethods;
import io.clawlive.bench.peer.BareProcess;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.io.IOException;
import java.nio.file.Path;

/** What a watcher costs that only waits: resident memory with 5,000 of them, less that without. */
final class IdleWatchers {
  private static final int WATCHERS = 5_000;
  private static final double MOST_KIB = 40;
  private static final long SETTLE_MILLIS = 1_500;

  private IdleWatchers() {}

  static void run(Target target, Report report) throws Exception {
    double ours;
    Path folder = target.fresh("idle");
    try (RunningServer server = target.serve(folder);
        Stage stage = new OurStage(server)) {
      ours = kibibytesEach(stage);
    }
    double bare;
    try (BareProcess process = BareProcess.start(folder.resolve("bare.log"));
        Stage stage = new BareStage(process, BareMethods.WATCH_EACH)) {
      bare = kibibytesEach(stage);
    }
    report.add(
        Row.of("fan-out", "5,000 idle watchers, resident memory of each", ours, "KiB")
            .against("bare gRPC", bare)
            .requires(new Requirement.AtMost(MOST_KIB)));
  }

  private static double kibibytesEach(Stage stage) throws IOException, InterruptedException {
    // Once before, so that code and pools that stay are not counted as the watchers' own.
    stage.crowd(WATCHERS / 10).close();
    long without = settled(stage.jvm());
    try (Audience crowd = stage.crowd(WATCHERS)) {
      long with = settled(stage.jvm());
      crowd.requireWhole();
      return (with - without) / 1024.0 / WATCHERS;
    }
  }

  private static long settled(JvmProcess jvm) throws IOException, InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    jvm.collectGarbage();
    jvm.collectGarbage();
    Thread.sleep(SETTLE_MILLIS);
    return jvm.residentBytes();
  }
}
