package io.clawlive.bench.startup;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.load.Median;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The workload {@code start-up}. */
public final class StartUp {
  private static final String NAME = "start-up";
  private static final int REPETITIONS = 3;
  private static final double MOST_SERVER_SECONDS = 4;
  private static final double MOST_VERSION_MILLIS = 300;

  private StartUp() {}

  /** Measures the server on new and on existing data, after a stop and after a kill. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    version(target, folder, report);
    double first = seconds(target, folder, false);
    var again = new Median();
    var afterKill = new Median();
    for (int i = 0; i < REPETITIONS; i++) {
      again.add(seconds(target, folder, true));
      afterKill.add(seconds(target, folder, false));
    }
    report.add(Row.of(NAME, "server ready, new data directory", first, "s"));
    report.add(
        Row.of(NAME, "server ready, existing data directory", again.value(), "s")
            .requires(new Requirement.AtMost(MOST_SERVER_SECONDS)));
    report.add(Row.of(NAME, "server ready, after kill -9", afterKill.value(), "s"));
  }

  /** Starts a server; kills it, so that the next start has to recover, or stops it. */
  private static double seconds(Target target, Path folder, boolean kill)
      throws IOException, InterruptedException {
    try (RunningServer server = target.serve(folder)) {
      if (kill) {
        server.kill();
      }
      return server.startUp().toNanos() / 1e9;
    }
  }

  private static void version(Target target, Path folder, Report report)
      throws IOException, InterruptedException {
    var times = new Median();
    for (int i = 0; i < 2 * REPETITIONS; i++) {
      long begin = System.nanoTime();
      Process process =
          target
              .cli(folder, "version")
              .redirectOutput(folder.resolve("version.out").toFile())
              .redirectError(folder.resolve("version.err").toFile())
              .start();
      if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("clawlive version failed; see " + folder.resolve("version.err"));
      }
      times.add((System.nanoTime() - begin) / 1e6);
    }
    report.add(
        Row.of(NAME, "clawlive version", times.value(), "ms")
            .requires(new Requirement.AtMost(MOST_VERSION_MILLIS)));
  }
}
