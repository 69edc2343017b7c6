package io.clawlive.bench.logins;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.sdk.ClawLive;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/** The workload {@code logins}. */
public final class Logins {
  private static final String NAME = "logins";
  private static final int LOGINS = 1_000;
  private static final double MOST_LATENCY_RATIO = 2;

  private Logins() {}

  /** Measures acknowledgements in the quiet, during the storm, and in the quiet again. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    try (RunningServer server = target.serve(target.fresh(NAME))) {
      Account account = server.account();
      try (ClawLive admin = ClawLive.connect(server.address(), server.token());
          var steady = new SteadyPublisher(account)) {
        Storm storm = Storm.prepare(admin, server.address());
        Report.progress("warm-up");
        steady.measure(() -> false, effort.seconds());
        storm.run(300);
        Histogram before = steady.measure(() -> false, 4 * effort.seconds());
        Report.progress(LOGINS + " logins");
        var over = new AtomicBoolean();
        Storm.Outcome outcome;
        Histogram during;
        try (var thread = Executors.newSingleThreadExecutor()) {
          Future<Storm.Outcome> running =
              thread.submit(() -> {
                try {
                  return storm.run(LOGINS);
                } finally {
                  over.set(true);
                }
              });
          during = steady.measure(over::get, Double.MAX_VALUE);
          outcome = running.get();
        }
        Histogram after = steady.measure(() -> false, 4 * effort.seconds());
        double quiet = (before.getValueAtPercentile(99) + after.getValueAtPercentile(99)) / 2.0;
        report.add(
            Row.of(
                    NAME,
                    "publish ack p99 during 1,000 logins",
                    during.getValueAtPercentile(99),
                    "us")
                .against("the same publisher in the quiet, before and after", quiet)
                .requires(new Requirement.RatioAtMost(MOST_LATENCY_RATIO)));
        double quietMiddle =
            (before.getValueAtPercentile(50) + after.getValueAtPercentile(50)) / 2.0;
        report.add(
            Row.of(
                    NAME,
                    "publish ack p50 during 1,000 logins",
                    during.getValueAtPercentile(50),
                    "us")
                .against("the same publisher in the quiet, before and after", quietMiddle));
        report.add(
            Row.of(NAME, "logins", LOGINS / outcome.seconds(), "logins/s")
                .noted(outcome.sentAway() + " were told to come again and did"));
      }
    }
  }
}
