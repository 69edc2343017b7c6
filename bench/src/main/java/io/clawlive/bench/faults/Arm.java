package io.clawlive.bench.faults;

import io.clawlive.bench.load.Pace;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One arm of the experiment: writers and watchers of a few sessions, and a server that dies. */
final class Arm {
  private static final int SESSIONS = 4;
  private static final int WRITERS_EACH = 4;
  private static final int WATCHERS_EACH = 2;
  private static final double EVENTS_PER_SECOND = 200;
  private static final long CATCH_UP_SECONDS = 60;

  /**
   * What came out.
   *
   * @param kills how often the server was killed
   * @param findings over all writers
   * @param holes sequences missing in a stored log
   * @param watchersApart watchers that did not see exactly the stored log
   * @param longestSeconds the longest time from a kill until the next server was ready
   */
  record Outcome(
      int kills, Findings findings, long holes, long watchersApart, double longestSeconds) {}

  /**
   * How often the server dies.
   *
   * @param every how long it lives each time
   */
  record Kills(int count, Duration every) {}

  /** Makes a writer. */
  interface Maker {
    Writer make(String name, Account account, String session);
  }

  private record Watched(Log log, EventStream events, Thread thread) {}

  private final Target target;
  private final Path folder;
  private final int port;
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private RunningServer server;
  private double longestSeconds;

  private Arm(Target target, Path folder, int port, RunningServer server) {
    this.target = target;
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  static Outcome run(Target target, Path folder, int port, Kills kills, Maker maker)
      throws Exception {
    var arm = new Arm(target, folder, port, target.serve(folder, port));
    try {
      return arm.run(kills, maker);
    } finally {
      arm.server.close();
    }
  }

  private Outcome run(Kills plan, Maker maker) throws Exception {
    Account account = server.account();
    try (ClawLive client = account.connect()) {
      List<String> sessions = new ArrayList<>();
      List<List<Writer>> writers = new ArrayList<>();
      List<List<Watched>> watchers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int s = 0; s < SESSIONS; s++) {
        String session = account.newSession(client);
        sessions.add(session);
        watchers.add(watch(client, session));
        List<Writer> own = new ArrayList<>();
        for (int w = 0; w < WRITERS_EACH; w++) {
          Writer writer = maker.make("p%d%d".formatted(s, w), account, session);
          own.add(writer);
          threads.add(Thread.ofPlatform().start(() -> write(writer)));
        }
        writers.add(own);
      }
      killAndStart(plan);
      writing.set(false);
      for (Thread thread : threads) {
        thread.join();
      }
      var findings = new Findings(0, 0, 0, 0);
      long holes = 0;
      long apart = 0;
      for (int s = 0; s < SESSIONS; s++) {
        Stored stored = Stored.of(client, sessions.get(s), writers.get(s));
        findings = findings.plus(stored.findings());
        holes += stored.log().holes();
        apart += apart(watchers.get(s), stored.log());
      }
      return new Outcome(plan.count(), findings, holes, apart, longestSeconds);
    }
  }

  private void write(Writer writer) {
    while (writing.get()) {
      Pace.run(EVENTS_PER_SECOND, 0.5, due -> writer.write());
    }
  }

  private static List<Watched> watch(ClawLive client, String session) {
    List<Watched> all = new ArrayList<>();
    for (int i = 0; i < WATCHERS_EACH; i++) {
      var log = new Log();
      EventStream events = client.sessions().watch(session);
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                for (StreamEvent event : events) {
                  log.add(event);
                }
              });
      all.add(new Watched(log, events, thread));
    }
    return all;
  }

  private void killAndStart(Kills kills) throws Exception {
    for (int kill = 1; kill <= kills.count(); kill++) {
      Thread.sleep(kills.every());
      server.kill();
      long begin = System.nanoTime();
      server = target.serve(folder, port);
      double seconds = (System.nanoTime() - begin) / 1e9;
      longestSeconds = Math.max(longestSeconds, seconds);
      Report.progress("  kill %d, ready again after %.1f s".formatted(kill, seconds));
    }
  }

  /** Waits until the watchers are where the log ends, and counts those that saw something else. */
  private static long apart(List<Watched> watchers, Log stored) throws InterruptedException {
    long patience = System.nanoTime() + CATCH_UP_SECONDS * 1_000_000_000L;
    long apart = 0;
    for (Watched watched : watchers) {
      while (watched.log().last() < stored.last() && System.nanoTime() < patience) {
        Thread.sleep(20);
      }
      watched.events().close();
      watched.thread().join();
      if (!watched.log().sameAs(stored)) {
        apart++;
      }
    }
    return apart;
  }
}
