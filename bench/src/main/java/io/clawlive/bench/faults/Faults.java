package io.clawlive.bench.faults;

import io.clawlive.bench.faults.Arm.Kills;
import io.clawlive.bench.load.Effort;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Ports;
import io.clawlive.bench.target.Target;
import java.nio.file.Path;
import java.time.Duration;

/** The workload {@code faults}. */
public final class Faults {
  private static final String NAME = "faults";
  private static final Duration LIFE = Duration.ofSeconds(10);
  private static final int CONTROL_KILLS = 3;
  private static final Requirement NONE_AT_ALL = new Requirement.AtMost(0);

  private Faults() {}

  /** Runs the arm with the SDK's publishers, then the control arm. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    int kills = Math.max(1, (int) (effort.faultMinutes() * 60 / LIFE.toSeconds()));
    Arm.Outcome sdk = Arm.run(target, folder, Ports.free(), new Kills(kills, LIFE), SdkWriter::new);
    String what = "%d kills, %,d events: ".formatted(sdk.kills(), sdk.findings().events());
    report.add(none(what + "acknowledged and lost", sdk.findings().lost()));
    report.add(none(what + "stored twice", sdk.findings().twice()));
    report.add(none(what + "out of a producer's order", sdk.findings().disordered()));
    report.add(none(what + "gaps in sequences", sdk.holes()));
    report.add(none(what + "watchers that saw another log", sdk.watchersApart()));
    report.add(Row.of(NAME, "from kill -9 to ready, longest", sdk.longestSeconds(), "s"));

    Path control = target.fresh(NAME + "-control");
    Arm.Outcome forgetful =
        Arm.run(
            target,
            control,
            Ports.free(),
            new Kills(Math.min(CONTROL_KILLS, kills), LIFE),
            ForgetfulWriter::new);
    report.add(
        Row.of(
                NAME,
                "control without deduplication, %d kills: stored twice"
                    .formatted(forgetful.kills()),
                forgetful.findings().twice(),
                "events")
            .requires(new Requirement.AtLeast(1)));
  }

  private static Row none(String what, long count) {
    return Row.of(NAME, what, count, "").requires(NONE_AT_ALL);
  }
}
