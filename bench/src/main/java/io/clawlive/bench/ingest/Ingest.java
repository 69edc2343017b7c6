package io.clawlive.bench.ingest;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.load.Median;
import io.clawlive.bench.peer.RawWriter;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The workload {@code ingest}. */
public final class Ingest {
  private static final String NAME = "ingest";
  private static final int BATCH = 1_000;
  private static final int SINGLES = 1_500;
  private static final double LEAST_RATIO = 0.40;
  private static final double MOST_LATENCY_RATIO = 3;

  private final Effort effort;
  private final Report report;

  private Ingest(Effort effort, Report report) {
    this.effort = effort;
    this.report = report;
  }

  /** Measures throughput of two shapes and the latency of a lone event. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    try (RunningServer server = target.serve(folder)) {
      report.fact("postgresql", target.postgres(folder).describe());
      Account account = server.account();
      var ingest = new Ingest(effort, report);
      // Warm both sides up, and fill the event table with rows that the peer can copy.
      Publishers.run(account, 1, 256, effort.seconds());
      Publishers.run(account, 16, 64, effort.seconds());
      try (RawWriter raw = RawWriter.open(target.postgres(folder))) {
        raw.unnest(BATCH, 1);
        report.fact("stored_event", "%.0f bytes of content".formatted(raw.contentBytes()));
        ingest.throughput(account, raw);
        ingest.latency(account, raw);
      }
    }
  }

  private void throughput(Account account, RawWriter raw) throws Exception {
    var one = new Median();
    var sixteen = new Median();
    var unnest = new Median();
    var copy = new Median();
    for (int i = 0; i < effort.repetitions(); i++) {
      one.add(Publishers.run(account, 1, 256, effort.seconds()));
      unnest.add(raw.unnest(BATCH, effort.seconds()));
      sixteen.add(Publishers.run(account, 16, 64, effort.seconds()));
      copy.add(raw.copy(BATCH, effort.seconds()));
    }
    String limit = "raw UNNEST, 1,000 rows a batch";
    report.add(
        Row.of(NAME, "1 publisher x 256 in flight", one.value(), "events/s")
            .against(limit, unnest.value())
            .requires(new Requirement.RatioAtLeast(LEAST_RATIO)));
    report.add(
        Row.of(NAME, "16 publishers x 64 in flight", sixteen.value(), "events/s")
            .against(limit, unnest.value())
            .requires(new Requirement.RatioAtLeast(LEAST_RATIO)));
    report.add(
        Row.of(NAME, "16 publishers x 64 in flight", sixteen.value(), "events/s")
            .against("raw binary COPY, 1,000 rows a batch", copy.value()));
  }

  private void latency(Account account, RawWriter raw) throws Exception {
    List<Histogram> ours = new ArrayList<>();
    List<Histogram> bare = new ArrayList<>();
    OneByOne.acknowledgements(account, SINGLES);
    raw.single(SINGLES);
    for (int i = 0; i < effort.repetitions(); i++) {
      ours.add(micros(OneByOne.acknowledgements(account, SINGLES)));
      bare.add(micros(raw.single(SINGLES)));
    }
    report.add(
        Row.of(NAME, "1 publisher x 1 in flight, ack p50", middle(ours, 50), "us")
            .against("bare single-row commit p50", middle(bare, 50))
            .requires(new Requirement.RatioAtMost(MOST_LATENCY_RATIO)));
    report.add(
        Row.of(NAME, "1 publisher x 1 in flight, ack p99", middle(ours, 99), "us")
            .against("bare single-row commit p99", middle(bare, 99)));
  }

  private static Histogram micros(List<Long> nanos) {
    var histogram = new Histogram(60_000_000, 3);
    nanos.forEach(value -> histogram.recordValue(value / 1_000));
    return histogram;
  }

  private static double middle(List<Histogram> repetitions, double percentile) {
    var median = new Median();
    repetitions.forEach(histogram -> median.add(histogram.getValueAtPercentile(percentile)));
    return median.value();
  }
}
