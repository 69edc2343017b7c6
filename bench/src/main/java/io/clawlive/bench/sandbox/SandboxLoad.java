package io.clawlive.bench.sandbox;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.load.Median;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.SandboxProcess;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.SandboxState;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** The workload {@code sandbox}. */
public final class SandboxLoad {
  private static final String NAME = "sandbox";
  private static final String IMAGE = "clawlive/sandbox:latest";
  private static final String PEER = "docker-java alone";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ONE_BY_ONE = 10;
  private static final int AT_ONCE = 8;
  private static final int IN_PARALLEL = 16;
  private static final int PROGRAMS = 40;
  private static final int LINES = 500_000;
  private static final int LINE_BYTES = 100;
  private static final double MOST_TIME_RATIO = 1.3;
  private static final double LEAST_RATE_RATIO = 0.8;

  private final RunningServer server;
  private final RawEngine engine;

  private SandboxLoad(RunningServer server, RawEngine engine) {
    this.server = server;
    this.engine = engine;
  }

  /** Measures ours and the engine's in turn. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    try (RawEngine engine = new RawEngine(IMAGE)) {
      String obstacle = engine.obstacle();
      if (!obstacle.isEmpty()) {
        report.add(Row.notRun(NAME, "sandboxes beside the engine", obstacle));
        return;
      }
      try (RunningServer server = target.serve(target.fresh(NAME))) {
        new SandboxLoad(server, engine).measure(effort, report);
      }
    }
  }

  private void measure(Effort effort, Report report) throws Exception {
    var ours = new Figures();
    var theirs = new Figures();
    Report.progress("warm-up");
    oursTo(new Figures());
    theirsTo(new Figures());
    for (int i = 0; i < effort.repetitions(); i++) {
      oursTo(ours);
      theirsTo(theirs);
      Report.progress(
          "running after %.0f and %.0f ms, %.1f and %.1f a second"
              .formatted(
                  ours.running.value(),
                  theirs.running.value(),
                  ours.rate.value(),
                  theirs.rate.value()));
    }
    report.add(
        Row.of(NAME, "create until it runs, p50", ours.running.value(), "ms")
            .against(PEER, theirs.running.value())
            .requires(new Requirement.RatioAtMost(MOST_TIME_RATIO)));
    report.add(
        Row.of(NAME, AT_ONCE + " at a time", ours.rate.value(), "1/s")
            .against(PEER, theirs.rate.value())
            .requires(new Requirement.RatioAtLeast(LEAST_RATE_RATIO)));
    report.add(
        Row.of(NAME, "a program that does nothing, p50", ours.program.value(), "ms")
            .against(PEER, theirs.program.value())
            .requires(new Requirement.RatioAtMost(MOST_TIME_RATIO)));
    report.add(
        Row.of(NAME, "output of a program", ours.output.value(), "MB/s")
            .against(PEER, theirs.output.value()));
    report.add(
        Row.of(NAME, "output into the log and to a watcher", ours.log.value(), "MB/s")
            .noted(
                "%,d lines of %d bytes, masked and stored as events".formatted(LINES, LINE_BYTES)));
  }

  /** What one side reached. */
  private static final class Figures {
    private final Median running = new Median();
    private final Median rate = new Median();
    private final Median program = new Median();
    private final Median output = new Median();
    private final Median log = new Median();
  }

  private static String[] lines() {
    return new String[] {
      "sh", "-c", "yes " + "0123456789".repeat(10).substring(1) + " | head -n " + LINES
    };
  }

  private void oursTo(Figures figures) throws Exception {
    // An agent of its own each time: callers have rates.
    try (ClawLive client = server.account().connect()) {
      for (int i = 0; i < ONE_BY_ONE; i++) {
        long begin = System.nanoTime();
        Sandbox sandbox = client.sandboxes().create().awaitRunning(PATIENCE);
        figures.running.add((System.nanoTime() - begin) / 1e6);
        remove(sandbox);
      }
      long begin = System.nanoTime();
      List<Sandbox> all = together(() -> client.sandboxes().create().awaitRunning(PATIENCE));
      figures.rate.add(IN_PARALLEL / ((System.nanoTime() - begin) / 1e9));
      all.forEach(SandboxLoad::remove);
      programs(client, figures);
      log(client, figures);
    }
  }

  /** Until nothing is left of it, so that the next measurement does not pay for it. */
  private static void remove(Sandbox sandbox) {
    sandbox.delete();
    while (sandbox.read().getState() != SandboxState.SANDBOX_STATE_DELETED) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static void programs(ClawLive client, Figures figures) throws Exception {
    try (Sandbox sandbox = client.sandboxes().create().awaitRunning(PATIENCE)) {
      for (int i = 0; i < PROGRAMS; i++) {
        long begin = System.nanoTime();
        int code = sandbox.run("true").code();
        figures.program.add((System.nanoTime() - begin) / 1e6);
        require(code == 0, "the program ended with " + code);
      }
      long begin = System.nanoTime();
      try (SandboxProcess process = sandbox.start(lines());
          InputStream out = process.stdout()) {
        long heard = out.transferTo(OutputStream.nullOutputStream());
        require(heard == (long) LINES * LINE_BYTES, heard + " bytes");
      }
      figures.output.add(megabytes() / ((System.nanoTime() - begin) / 1e9));
    }
  }

  private static void log(ClawLive client, Figures figures) {
    SandboxSpec says = SandboxSpec.newBuilder().addAllCommand(List.of(lines())).build();
    try (Sandbox sandbox = client.sandboxes().create(says)) {
      long begin = System.nanoTime();
      int heard = 0;
      for (StreamEvent event : sandbox.output()) {
        if (event.kind().equals("log") && ++heard == LINES) {
          break;
        }
      }
      figures.log.add(megabytes() / ((System.nanoTime() - begin) / 1e9));
    }
  }

  private void theirsTo(Figures figures) throws Exception {
    for (int i = 0; i < ONE_BY_ONE; i++) {
      long begin = System.nanoTime();
      String id = engine.running("sleep", "600");
      figures.running.add((System.nanoTime() - begin) / 1e6);
      engine.remove(id);
    }
    long begin = System.nanoTime();
    List<String> all = together(() -> engine.running("sleep", "600"));
    figures.rate.add(IN_PARALLEL / ((System.nanoTime() - begin) / 1e9));
    all.forEach(engine::remove);
    String one = engine.running("sleep", "600");
    for (int i = 0; i < PROGRAMS; i++) {
      long start = System.nanoTime();
      engine.run(one, "true");
      figures.program.add((System.nanoTime() - start) / 1e6);
    }
    figures.output.add(megabytes() / engine.output(one, (long) LINES * LINE_BYTES, lines()));
    engine.remove(one);
  }

  private static double megabytes() {
    return LINES * LINE_BYTES / 1e6;
  }

  private static <T> List<T> together(Callable<T> task)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < IN_PARALLEL; i++) {
        running.add(threads.submit(task));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> each : running) {
        done.add(each.get());
      }
      return done;
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}
