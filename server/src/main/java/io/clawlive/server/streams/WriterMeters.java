package io.clawlive.server.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the writer counts. Used by the thread of one lane; the meters are everybody's. */
final class WriterMeters {
  private static final int KINDS = 64;

  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary batches;
  private final Map<Integer, Counter> ingested = new HashMap<>();
  private final int[] counts = new int[KINDS];

  WriterMeters(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Timer.builder("clawlive.commit")
            .description("Time of one transaction of the writer, from its start to its commit.")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    this.batches =
        DistributionSummary.builder("clawlive.writer.batch")
            .description("Events in one transaction of the writer.")
            .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
            .register(registry);
  }

  void committed(long nanos, int events) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    batches.record(events);
  }

  /** Counts stored events by kind; kinds that this server does not know count as unknown. */
  void ingested(List<StoredEvent> events) {
    for (StoredEvent event : events) {
      counts[event.kind() < KINDS ? event.kind() : 0]++;
    }
    for (int kind = 0; kind < KINDS; kind++) {
      if (counts[kind] > 0) {
        ingested.computeIfAbsent(kind, this::counter).increment(counts[kind]);
        counts[kind] = 0;
      }
    }
  }

  private Counter counter(int kind) {
    String name = EventKinds.name(kind);
    return Counter.builder("clawlive.events.ingested")
        .description("Events stored, by kind.")
        .tag("type", name.isEmpty() ? "unknown" : name)
        .register(registry);
  }
}
