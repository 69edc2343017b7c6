package io.clawlive.bench;

import io.clawlive.bench.report.Report;
import io.clawlive.sdk.ClawLive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the figures were measured on. */
final class Environment {
  private Environment() {}

  static void describe(Report report) {
    report.fact("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.fact("clawlive", ClawLive.version());
    report.fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    report.fact("processor", line("/proc/cpuinfo", "model name"));
    report.fact("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    report.fact("memory", line("/proc/meminfo", "MemTotal"));
    report.fact("jdk", System.getProperty("java.vm.vendor") + " " + Runtime.version());
  }

  /** The value of the first line of a file in {@code /proc} that begins with a name. */
  private static String line(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
