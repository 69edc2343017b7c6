package io.clawlive.server.streams.masking;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Prints how fast masking is: megabytes a second on logs, milliseconds on hostile megabytes. */
final class MaskingThroughput {
  private static final EventMasker MASKER = new EventMasker();
  private static long masked;

  private MaskingThroughput() {}

  public static void main(String[] args) {
    long start = nanos();
    MASKER.mask("first");
    System.out.printf(
        Locale.ROOT, "first call, class loading included: %.1f ms%n", (nanos() - start) / 1e6);
    start = nanos();
    new EventMasker();
    System.out.printf(Locale.ROOT, "another masker: %.1f ms%n", (nanos() - start) / 1e6);
    logs("plain log lines, no secret", plain(), 0);
    logs("plain log lines, 1 % with a secret", plain(), 100);
    logs("coloured log lines, 1 % with a secret", coloured(), 100);
    logs("the whole table of clean texts, 1 % with a secret", MaskingCases.clean(), 100);
    logs("every line with a secret", plain(), 1);
    hostile();
  }

  private static List<String> plain() {
    return List.of(
        "2026-11-03T12:00:00.123Z INFO  worker-%d io.example.Builder: compiled %d files in %d ms",
        "[INFO] Running io.example.server.streams.EventLogTest %d/%d, elapsed %d s",
        "GET /v1/sessions/01890a5d-ac96-774b-bcce-b302099a8057/events?after=%d 200 %d bytes %d us",
        "diff --git a/src/Main%d.java b/src/Main%d.java index 9fceb02..41b0a5c 100644 %d",
        "    at io.example.server.EventWriter$Lane.flush(EventWriter.java:%d) ~[app-%d.%d.jar:?]",
        "I will look at the failing test first, then read how item %d of %d got into queue %d.",
        "downloaded https://repo.example.org/maven2/org/a/b/%d/b-%d.jar (%d kB)",
        "tokens used: %d prompt, %d completion; cost %d cents",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by bob, %d insertions, %d deletions, %d",
        "ts=1730632020123456789 level=debug msg=\"poll done\" partition=%d offset=%d lag=%d");
  }

  private static List<String> coloured() {
    return plain().stream()
        .map(line -> "\u001b[2m12:00:00\u001b[0m \u001b[32mINFO\u001b[0m " + line + "\u001b[0m")
        .toList();
  }

  /** Every so many lines one carries a secret; never when 0. */
  private static void logs(String name, List<String> patterns, int secretEvery) {
    Random random = new Random(7);
    List<MaskingCases.Secret> secrets = MaskingCases.secrets();
    List<byte[]> events = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; bytes < 8 << 20; i++) {
      String line = patterns.get(i % patterns.size());
      for (int number = 0; number < 3; number++) {
        line = line.replaceFirst("%d", String.valueOf(random.nextInt(1 << 20)));
      }
      if (secretEvery > 0 && i % secretEvery == 0) {
        line += " " + secrets.get(random.nextInt(secrets.size())).text();
      }
      LogLine log = LogLine.newBuilder().setLevel(LogLevel.LOG_LEVEL_INFO).setLine(line).build();
      byte[] event =
          Event.newBuilder().setProducerSequence(i + 1L).setLog(log).build().toByteArray();
      events.add(event);
      bytes += event.length;
    }
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 15; round++) {
      long start = nanos();
      for (byte[] event : events) {
        masked += MASKER.mask(event).length;
      }
      best = Math.min(best, (double) (nanos() - start));
    }
    System.out.printf(
        Locale.ROOT,
        "%-52s %7.0f MB/s, %5.0f ns/event%n",
        name,
        bytes / best * 1e3,
        best / events.size());
  }

  private static void hostile() {
    record Time(String piece, double milliseconds) {}
    List<Time> times = new ArrayList<>();
    for (String piece : HostileTexts.pieces()) {
      byte[] event =
          Event.newBuilder()
              .setLog(LogLine.newBuilder().setLine(HostileTexts.repeated(piece, 1 << 20)))
              .build()
              .toByteArray();
      double best = Double.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long start = nanos();
        masked += MASKER.mask(event).length;
        best = Math.min(best, (double) (nanos() - start));
      }
      times.add(new Time(HostileTexts.name(piece), best / 1e6));
    }
    times.sort((a, b) -> Double.compare(b.milliseconds(), a.milliseconds()));
    System.out.printf(Locale.ROOT, "hostile megabytes: %d, the slowest:%n", times.size());
    times.stream()
        .limit(12)
        .forEach(
            t -> System.out.printf(Locale.ROOT, "  %6.1f ms  %s%n", t.milliseconds(), t.piece()));
    System.out.printf(Locale.ROOT, "(%d bytes came out)%n", masked);
  }

  /** Time of this thread alone: what a core does, whatever else the machine is at. */
  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
