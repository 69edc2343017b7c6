package io.clawlive.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Java process as the operating system sees it. Linux only. */
public record JvmProcess(ProcessHandle handle) {
  /** The kernel counts in hundredths of a second on every Linux there is today. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** The Java process that a started command is, or has started in its turn. */
  public static JvmProcess of(Process started) {
    return find(started.toHandle());
  }

  private static JvmProcess find(ProcessHandle handle) {
    if (isJava(handle)) {
      return new JvmProcess(handle);
    }
    return new JvmProcess(
        handle.descendants().filter(JvmProcess::isJava).findFirst().orElse(handle));
  }

  private static boolean isJava(ProcessHandle handle) {
    return handle.info().command().filter(name -> name.endsWith("/java")).isPresent();
  }

  /** Processor time used so far, in user and kernel mode, in steps of 10 ms. */
  public long cpuNanos() {
    String stat = read("stat");
    // The name in parentheses may hold blanks; utime and stime are the 12th and 13th field after.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
  }

  /** Resident memory now. */
  public long residentBytes() {
    return status("VmRSS:");
  }

  /** The most resident memory so far. */
  public long peakResidentBytes() {
    return status("VmHWM:");
  }

  private long status(String name) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(handle.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects its garbage, so that what remains is what it holds. */
  public void collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(handle.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("jcmd GC.run failed for process " + handle.pid());
    }
  }
}
