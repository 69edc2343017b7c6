package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Gap;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WatchTest {
  @AutoClose
  private static final TestServer server =
      TestServer.start("clawlive.streams.checkpoint-interval=300ms");

  private static final Worker worker = server.worker("watched");
  private static final Client viewer = server.nobody();

  @Test
  void aWatcherGetsWhatIsThereIsToldSoOnceAndThenGetsWhatComes() {
    String stream = worker.stream();
    worker.append(stream, logs(1, 3).toArray(Event[]::new));
    try (Watching watch = viewer.watch(stream)) {
      var messages = new ArrayList<WatchResponse>();
      do {
        messages.add(watch.next());
      } while (messages.getLast().getMarkCase() != MarkCase.CAUGHT_UP);
      assertEquals(4, messages.getLast().getCaughtUp().getSequence());
      assertEquals(
          run(1, 4),
          sequences(messages.stream().flatMap(m -> m.getEventsList().stream()).toList()));

      worker.append(stream, log(4, "live"));
      WatchResponse live = watch.next();
      while (live.getEventsCount() == 0) {
        assertEquals(MarkCase.CHECKPOINT, live.getMarkCase());
        live = watch.next();
      }
      assertEquals("live", live.getEvents(0).getLog().getLine());
      assertEquals(MarkCase.MARK_NOT_SET, live.getMarkCase());
      assertEquals(MarkCase.CHECKPOINT, watch.next().getMarkCase(), "caught_up comes once");
    }
  }

  @Test
  void aWatcherGoesOnAfterTheLastSequenceItHas() {
    String stream = streamOf(10);
    try (Watching watch = viewer.watch(request(stream).setAfterSequence(7))) {
      assertEquals(run(8, 10), sequences(watch.until(MarkCase.CAUGHT_UP)));
    }
  }

  @Test
  void aTailIsTheNewestEventsCountedBeforeTheFilter() {
    String stream = streamOf(10);
    try (Watching watch = viewer.watch(request(stream).setTail(3))) {
      assertEquals(run(8, 10), sequences(watch.until(MarkCase.CAUGHT_UP)));
    }
    try (Watching watch = viewer.watch(request(stream).setTail(0))) {
      assertEquals(List.of(), watch.until(MarkCase.CAUGHT_UP));
    }
    try (Watching watch = viewer.watch(request(stream).setTail(3).addKinds("status"))) {
      assertEquals(List.of(), watch.until(MarkCase.CAUGHT_UP));
    }
  }

  @Test
  void aFilterLetsOnlyItsKindsThroughStoredOrLive() {
    String stream = worker.stream();
    worker.append(stream, log(1, "a"), thought(2, "b"), log(3, "c"));
    try (Watching watch = viewer.watch(request(stream).addKinds("thought"))) {
      assertEquals(List.of(3L), sequences(watch.until(MarkCase.CAUGHT_UP)));
      worker.append(stream, log(4, "d"), thought(5, "e"), log(6, "f"));
      assertEquals(List.of(6L), sequences(watch.take(1)));
    }
  }

  @Test
  void aQuietWatcherHearsHowFarTheStreamIs() {
    String stream = streamOf(3);
    try (Watching watch = viewer.watch(request(stream).addKinds("thought"))) {
      watch.until(MarkCase.CAUGHT_UP);
      worker.append(stream, log(100, "filtered out"));
      WatchResponse sign = watch.next();
      while (sign.getCheckpoint().getSequence() < 4) {
        assertEquals(MarkCase.CHECKPOINT, sign.getMarkCase());
        sign = watch.next();
      }
      assertEquals(4, sign.getCheckpoint().getSequence());
    }
  }

  @Test
  void whatRetentionRemovedIsToldAsAGap() {
    String stream = streamOf(10);
    UUID id = UUID.fromString(stream);
    server.database().execute("DELETE FROM stream_events WHERE stream_id = ? AND sequence < 5", id);
    server.database().execute("UPDATE streams SET first_sequence = 5 WHERE id = ?", id);
    try (Watching watch = viewer.watch(request(stream).setAfterSequence(2))) {
      assertEquals(
          Gap.newBuilder().setFirstSequence(3).setLastSequence(4).build(), watch.next().getGap());
      assertEquals(run(5, 10), sequences(watch.until(MarkCase.CAUGHT_UP)));
    }
    try (Watching watch = viewer.watch(request(stream).setAfterSequence(4))) {
      assertEquals(run(5, 10), sequences(watch.take(6)), "nothing is missing for this reader");
    }
  }

  @Test
  void theEndOfTheStreamIsTheEndOfTheCall() {
    String stream = streamOf(3);
    try (Watching watch = viewer.watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      worker.end(stream);
      assertEquals(List.of(4L), sequences(watch.until(MarkCase.ENDED)));
      assertNull(watch.nextOrEnd());
    }
    try (Watching late = viewer.watch(stream)) {
      assertEquals(run(1, 4), sequences(late.until(MarkCase.ENDED)));
      assertNull(late.nextOrEnd());
    }
  }

  @Test
  void whoWantsNoMoreThanWhatIsThereIsSentAwayAfterwards() {
    String stream = streamOf(3);
    try (Watching watch = viewer.watch(request(stream).setStopWhenCaughtUp(true))) {
      assertEquals(run(1, 3), sequences(watch.until(MarkCase.CAUGHT_UP)));
      assertNull(watch.nextOrEnd());
    }
  }

  @Test
  void aPositionTheStreamHasNotReachedIsRefused() {
    String stream = streamOf(3);
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_SEQUENCE_IN_FUTURE,
            () -> first(request(stream).setAfterSequence(4)));
    assertEquals("3", refused.metadata("last_sequence"));
    Refused.with(
        ErrorReason.ERROR_REASON_SEQUENCE_IN_FUTURE,
        () ->
            viewer
                .streams()
                .list(ListRequest.newBuilder().setStreamId(stream).setAfterSequence(900).build()));
  }

  @Test
  void whatIsNoStreamOrNoKindIsRefused() {
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_NOT_FOUND,
        () -> first(request("01890000-0000-7000-8000-000000000000")));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> first(request("not-an-id")));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> first(request(streamOf(1)).setAfterSequence(-1)));
    Refused unknown =
        Refused.with(
            ErrorReason.ERROR_REASON_KIND_UNKNOWN,
            () -> first(request(streamOf(1)).addKinds("thoughts")));
    assertEquals("thoughts", unknown.metadata("kind"));
  }

  @Test
  void whoGoesIsForgotten() {
    UUID stream = UUID.fromString(streamOf(3));
    var audiences = server.bean(Audiences.class);
    try (Watching one = viewer.watch(stream.toString());
        Watching two = viewer.watch(stream.toString())) {
      one.until(MarkCase.CAUGHT_UP);
      two.until(MarkCase.CAUGHT_UP);
      assertEquals(2, audiences.watching(stream));
    }
    Together.soon("nobody watches", Duration.ofSeconds(5), () -> audiences.watching(stream) == 0);
  }

  @Test
  void fiftyWatchersSeeTheSameEvents() {
    String stream = worker.stream();
    List<Callable<List<Event>>> watchers =
        IntStream.range(0, 50)
            .<Callable<List<Event>>>mapToObj(n ->
                () -> {
                  try (Watching watch = viewer.watch(stream)) {
                    return watch.until(MarkCase.ENDED);
                  }
                })
            .toList();
    var tasks = new ArrayList<>(watchers);
    tasks.add(() -> {
      try (Publishing call = worker.publish(stream, "p")) {
        call.publishAll(1, 2_000, n -> log(n, "line " + n));
      }
      worker.end(stream);
      return List.of();
    });

    List<List<Event>> seen = Together.run(tasks).subList(0, 50);

    List<Event> stored = viewer.everything(stream);
    assertEquals(2_002, stored.size());
    seen.forEach(events -> assertEquals(stored, events));
  }

  @Test
  void whoJoinsInTheMiddleOfHeavyWritingSeesNoHoleAndNoRepeat() {
    String stream = worker.stream();
    int events = 15_000;
    var tasks = new ArrayList<Callable<List<Long>>>();
    tasks.add(() -> {
      try (Publishing call = worker.publish(stream, "p")) {
        call.publishAll(1, events, n -> log(n, "line " + n));
      }
      worker.end(stream);
      return run(1, events + 2);
    });
    for (int n = 0; n < 12; n++) {
      Duration later = Duration.ofMillis(n * 60L);
      tasks.add(() -> {
        Together.pause(later);
        try (Watching watch = viewer.watch(stream)) {
          return sequences(watch.until(MarkCase.ENDED));
        }
      });
    }
    List<List<Long>> seen = Together.run(tasks);
    seen.forEach(sequences -> assertEquals(seen.getFirst(), sequences));
    assertEquals(seen.getFirst(), sequences(viewer.everything(stream)));
  }

  /** A stream that holds this many events. */
  private static String streamOf(int events) {
    String stream = worker.stream();
    if (events > 1) {
      worker.append(stream, logs(1, events - 1).toArray(Event[]::new));
    }
    return stream;
  }

  private static WatchRequest.Builder request(String stream) {
    return WatchRequest.newBuilder().setStreamId(stream);
  }

  private static void first(WatchRequest.Builder request) {
    try (Watching watch = viewer.watch(request)) {
      watch.next();
    }
  }
}
