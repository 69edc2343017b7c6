package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.TimelineBucket;
import io.clawlive.streams.v1.TimelineMark;
import io.clawlive.streams.v1.TimelineRequest;
import io.clawlive.streams.v1.TimelineResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);
  private static final MovableClock clock = server.bean(MovableClock.class);
  private static final Worker worker = server.worker("timed");

  @Test
  void eventsAreCountedWhereTheyHappened() {
    String stream = worker.stream();
    clock.advance(Duration.ofSeconds(50));
    worker.append(stream, level(1, LogLevel.LOG_LEVEL_WARN), level(2, LogLevel.LOG_LEVEL_ERROR));
    clock.advance(Duration.ofSeconds(49));
    worker.append(stream, thought(3, "late"), log(4, "later"));
    clock.advance(Duration.ofSeconds(1));
    worker.append(stream, log(5, "last"));

    TimelineResponse timeline = timeline(stream, 10);
    assertEquals(6, timeline.getLastSequence());
    assertEquals(100, timeline.getEnd().getSeconds() - timeline.getStart().getSeconds());
    List<TimelineBucket> buckets = timeline.getBucketsList();
    assertEquals(List.of(0, 5, 9), buckets.stream().map(TimelineBucket::getIndex).toList());
    assertEquals(List.of(1, 2, 3), buckets.stream().map(TimelineBucket::getEvents).toList());
    TimelineBucket middle = buckets.get(1);
    assertEquals(2, middle.getFirstSequence());
    assertEquals(3, middle.getLastSequence());
    assertEquals(1, middle.getWarnings());
    assertEquals(1, middle.getErrors());
  }

  @Test
  void proofsArtifactsErrorsAndChangesOfStatusAreMarked() {
    String stream = worker.stream();
    worker.append(
        stream,
        thought(1, "quiet"),
        Event.newBuilder()
            .setProducerSequence(2)
            .setProof(Proof.newBuilder().setKind(ProofKind.PROOF_KIND_TEST).setMessage("green"))
            .build(),
        level(3, LogLevel.LOG_LEVEL_ERROR),
        log(4, "quiet too"),
        Event.newBuilder()
            .setProducerSequence(5)
            .setArtifact(Artifact.newBuilder().setKind(ArtifactKind.ARTIFACT_KIND_FILE))
            .build());
    worker.end(stream);
    assertEquals(
        List.of("1 status", "3 proof", "4 log", "6 artifact", "7 status"),
        timeline(stream, 0).getMarksList().stream()
            .map((TimelineMark mark) -> mark.getSequence() + " " + mark.getKind())
            .toList());
  }

  @Test
  void howeverManyAskForALongStreamItIsCountedOnceInAWhile() {
    String stream = worker.stream();
    insert(stream, 2, 200_000);
    long begun = System.nanoTime();
    TimelineResponse first = timeline(stream, 100);
    long took = System.nanoTime() - begun;
    assertEquals(200_000, first.getLastSequence());

    begun = System.nanoTime();
    for (int n = 0; n < 100; n++) {
      assertEquals(first, timeline(stream, 100));
    }
    long hundred = System.nanoTime() - begun;
    assertTrue(hundred < 20 * took, () -> "100 took " + hundred + " ns, one took " + took);
    insert(stream, 200_001, 200_001);
    Together.soon(
        "a new count",
        Duration.ofSeconds(30),
        () -> timeline(stream, 100).getLastSequence() > first.getLastSequence());
  }

  /** Puts log lines straight into the table, which is quicker than writing them. */
  private static void insert(String stream, int from, int to) {
    int inserted =
        server
            .database()
            .execute(
                """
                INSERT INTO stream_events (stream_id, sequence, kind, level, recorded_at, content)
                SELECT CAST(? AS uuid), n, 17, 2, now() + n * interval '1 ms', ''
                FROM generate_series(?, ?) AS n
                """,
                stream,
                from,
                to);
    assertEquals(to - from + 1, inserted);
  }

  @Test
  void aStreamOfOneMomentHasOneBucket() {
    TimelineResponse timeline = timeline(worker.stream(), 1_000);
    assertEquals(1, timeline.getBucketsCount());
    assertEquals(0, timeline.getBuckets(0).getIndex());
    assertTrue(timeline.hasStart());
    assertFalse(timeline.getMarksList().isEmpty());
  }

  private static Event level(long number, LogLevel level) {
    return Event.newBuilder()
        .setProducerSequence(number)
        .setLog(LogLine.newBuilder().setLevel(level).setLine("of this level"))
        .build();
  }

  private static TimelineResponse timeline(String stream, int buckets) {
    return server
        .nobody()
        .streams()
        .timeline(TimelineRequest.newBuilder().setStreamId(stream).setBuckets(buckets).build());
  }
}
