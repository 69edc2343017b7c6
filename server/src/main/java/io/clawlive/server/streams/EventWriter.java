package io.clawlive.server.streams;

import io.clawlive.server.platform.postgres.PostgresAddress;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Group commit. A few lanes, each a thread with a connection of its own; a stream always takes the
 * same lane. While a lane's transaction is under way the next batch gathers, so batches grow by
 * themselves under load and a lone event waits for nobody.
 */
@Singleton
final class EventWriter {
  private final List<WriterLane> lanes;

  EventWriter(
      PostgresAddress postgres,
      StreamsConfiguration configuration,
      EventFeeds feeds,
      Clock clock,
      MeterRegistry meters) {
    this.lanes =
        IntStream.range(0, configuration.writerLanes())
            .mapToObj(n ->
                new WriterLane(
                    "event-writer-" + n,
                    new EventWriteRepository(postgres),
                    configuration,
                    feeds,
                    clock,
                    meters))
            .toList();
  }

  /**
   * Queues a batch. The future completes after the commit, or with a refusal.
   *
   * @param ends true when these are the stream's last events
   */
  CompletableFuture<Appended> write(
      UUID stream, String producer, List<NewEvent> events, boolean ends) {
    var batch = new PendingBatch(stream, producer, events, ends);
    lanes.get(Math.floorMod(stream.hashCode(), lanes.size())).add(batch);
    return batch.done();
  }

  /** Writes what is queued, then stops. */
  @PreDestroy
  void stop() {
    lanes.forEach(WriterLane::stop);
  }
}
