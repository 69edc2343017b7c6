package io.clawlive.bench.pipe;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Requirement;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.sdk.ClawLive;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The workload {@code pipe}. */
public final class Pipe {
  private static final String NAME = "pipe";
  private static final int LINE_BYTES = 100;
  private static final double FULL_LINES = 1_000_000;
  private static final double MOST_SECONDS = 20;
  private static final double MOST_MIB = 256;
  private static final long SAMPLE_MILLIS = 50;
  private static final long PATIENCE_SECONDS = 300;

  private Pipe() {}

  /** Measures one pipe from start to exit, and its memory at its highest. */
  public static void run(Target target, Effort effort, Report report) throws Exception {
    Path folder = target.fresh(NAME);
    int lines = effort.pipeLines();
    Path file = write(folder.resolve("lines.txt"), lines);
    try (RunningServer server = target.serve(folder);
        ClawLive client = ClawLive.connect(server.address(), server.token())) {
      Account account = server.account();
      String session = account.newSession(client);
      ProcessBuilder command =
          target
              .cli(folder, "pipe", "--type", "log", "--session", session)
              .redirectInput(file.toFile())
              .redirectOutput(folder.resolve("pipe.out").toFile())
              .redirectError(folder.resolve("pipe.err").toFile());
      long begin = System.nanoTime();
      Process process = command.start();
      long peak = watchMemory(process);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long stored = client.sessions().get(session).getLastSequence();
      if (process.exitValue() != 0 || stored < lines) {
        throw new IOException(
            "pipe ended with %d and %,d of %,d lines stored: %s"
                .formatted(
                    process.exitValue(),
                    stored,
                    lines,
                    Files.readString(folder.resolve("pipe.err"))));
      }
      String what = "%,d lines of %d bytes".formatted(lines, LINE_BYTES);
      report.add(
          Row.of(NAME, what + ", start to exit", seconds, "s")
              .requires(new Requirement.AtMost(MOST_SECONDS * lines / FULL_LINES)));
      report.add(
          Row.of(NAME, what + ", client's resident memory at its highest", peak / 1048576.0, "MiB")
              .requires(new Requirement.AtMost(MOST_MIB)));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Waits for the end and gives the highest peak that was seen. */
  private static long watchMemory(Process process) throws InterruptedException {
    long peak = 0;
    long patience = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, JvmProcess.of(process).peakResidentBytes());
      if (System.nanoTime() > patience) {
        process.destroyForcibly();
      }
    }
    return peak;
  }

  private static Path write(Path file, int lines) throws IOException {
    var random = new Random(7);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 0; i < lines; i++) {
        String head =
            "[%08d] compiling module-%d, step %d of 40, "
                .formatted(i, random.nextInt(200), random.nextInt(40));
        out.write(head);
        // One byte of the hundred is the line's end.
        out.write(
            "ok, nothing to do here, going on with the next one of them".repeat(2),
            0,
            LINE_BYTES - 1 - head.length());
        out.newLine();
      }
    }
    return file;
  }
}
