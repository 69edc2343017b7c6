package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SandboxWatch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stats",
    description = {
      "Show how much a sandbox uses, one line a second, until it stops.",
      "CPU is in percent of one processor since the line before; -o json prints a line each."
    })
final class SandboxStatsCommand implements Runnable {
  private static final String ROW = "%-10s  %8s  %10s  %10s  %6s  %10s  %10s";

  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Option(names = "--once", description = "End after one line.")
  private boolean once;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = Span.Interval.class,
      description = "Time between lines, 1s to 60s. Default: ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ofSeconds(1);

  private @Nullable SandboxStats before;

  SandboxStatsCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect();
        SandboxWatch<SandboxStats> watch = SandboxAccess.find(client, sandbox).stats(interval)) {
      for (SandboxStats now : watch) {
        print(now);
        before = now;
        if (once) {
          break;
        }
      }
    }
  }

  private void print(SandboxStats now) {
    if (output.json()) {
      output.println(Json.write(MessageFields.of(now)));
      return;
    }
    if (before == null) {
      output.println(ROW.formatted("TIME", "CPU", "MEMORY", "LIMIT", "PIDS", "RECEIVED", "SENT"));
    }
    Instant at = Fields.time(now.getMeasuredAt());
    output.println(
        ROW.formatted(
            at == null ? "-" : at.toString().substring(11, 19),
            cpu(before, now),
            bytes(now.getMemoryBytes()),
            bytes(now.getMemoryLimitBytes()),
            now.getPids(),
            bytes(now.getNetworkReceivedBytes()),
            bytes(now.getNetworkSentBytes())));
  }

  /** How busy it was in between; nothing is known of that on the first line. */
  static String cpu(@Nullable SandboxStats before, SandboxStats now) {
    if (before == null) {
      return "-";
    }
    Instant from = Fields.time(before.getMeasuredAt());
    Instant to = Fields.time(now.getMeasuredAt());
    long nanos = from == null || to == null ? 0 : Duration.between(from, to).toNanos();
    long used = now.getCpuNanos() - before.getCpuNanos();
    return nanos <= 0 || used < 0
        ? "-"
        : String.format(java.util.Locale.ROOT, "%.1f%%", 100.0 * used / nanos);
  }

  static String bytes(long bytes) {
    if (bytes < 1L << 20) {
      return String.format(java.util.Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }
    return bytes < 1L << 30
        ? String.format(java.util.Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024))
        : String.format(java.util.Locale.ROOT, "%.2f GiB", bytes / (1024.0 * 1024 * 1024));
  }
}
