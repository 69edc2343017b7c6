package io.clawlive.bench.replay;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.load.Median;
import io.clawlive.bench.peer.RawReader;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Postgres;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.WatchOptions;
import java.nio.file.Path;

/** The workload {@code replay}. */
public final class Replay {
  private static final String NAME = "replay";
  private static final double LEAST_RATIO = 0.5;

  private Replay() {}

  /** Measures Replay and Watch through the SDK, and Replay by a reader that decodes nothing. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    try (RunningServer server = target.serve(folder);
        ClawLive client = ClawLive.connect(server.address(), server.token());
        var bytes = new BytesReader(server.address())) {
      Postgres postgres = target.postgres(folder);
      LongSession session = LongSession.find(server, client, effort.replayEvents());
      var replay = new Median();
      var watch = new Median();
      var undecoded = new Median();
      var raw = new Median();
      for (int i = 0; i < effort.repetitions(); i++) {
        raw.add(RawReader.read(postgres, session.id(), session.events()));
        undecoded.add(bytes.replay(session));
        replay.add(read(client.sessions().replay(session.id()), session));
        watch.add(
            read(
                client
                    .sessions()
                    .watch(session.id(), WatchOptions.fromStart().withStopWhenCaughtUp()),
                session));
      }
      String of = " of %,d events".formatted(session.events());
      report.add(row("Replay" + of + ", SDK", replay, raw));
      report.add(row("Replay" + of + ", bytes only", undecoded, raw));
      report.add(row("Watch from 0" + of + ", SDK", watch, raw));
    }
  }

  private static Row row(String what, Median ours, Median raw) {
    return Row.of(NAME, what, ours.value(), "events/s")
        .against("raw JDBC read, 1,000 rows a fetch", raw.value())
        .requires(new Requirement.RatioAtLeast(LEAST_RATIO));
  }

  private static double read(EventStream events, LongSession session) {
    long begin = System.nanoTime();
    long last = 0;
    try (events) {
      for (StreamEvent event : events) {
        last++;
        if (event.sequence() != last) {
          throw new IllegalStateException("event " + event.sequence() + " came as " + last);
        }
      }
    }
    session.requireWhole(last);
    return last / ((System.nanoTime() - begin) / 1e9);
  }
}
