package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Many writers, one stream; one server or two. */
final class ConcurrencyTest {
  private static final int PUBLISHERS = 80;
  private static final int PUBLISHED = 40;
  private static final int APPENDERS = 20;
  private static final int APPENDED = 4;

  @AutoClose private static final TestServer here = TestServer.start();

  @AutoClose
  private static final TestServer there = here.sibling("clawlive.streams.poll-interval=100ms");

  /** Hears of the others' events only when somebody asks. */
  @AutoClose
  private static final TestServer deaf = here.sibling("clawlive.streams.poll-interval=1h");

  private static final Worker worker = here.worker("crowd");

  @Test
  void aHundredWritersOnOneStreamLeaveNoGapAndNoRepeat() {
    String stream = worker.stream();
    Together.run(writers(stream, n -> worker));
    assertWhole(here.nobody().everything(stream));
  }

  @Test
  void aHundredWritersAtTwoServersLeaveNoGapAndNoRepeat() {
    String stream = worker.stream();
    var tasks = new ArrayList<>(writers(stream, n -> n % 2 == 0 ? worker : worker.at(there)));
    int events = 1 + PUBLISHERS * PUBLISHED + APPENDERS * APPENDED;
    for (TestServer server : List.of(here, there)) {
      tasks.add(() -> {
        try (Watching watch = server.nobody().watch(stream)) {
          return watch.take(events);
        }
      });
    }

    List<List<Event>> results = Together.run(tasks);

    List<Event> stored = here.nobody().everything(stream);
    assertWhole(stored);
    assertEquals(stored, results.get(results.size() - 2), "seen at one server");
    assertEquals(stored, results.getLast(), "seen at the other");
  }

  @Test
  void aWatcherHearsWithinAFewPollsWhatAnotherServerWrote() {
    String stream = worker.stream();
    try (Watching watch = there.nobody().watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      for (int n = 1; n <= 5; n++) {
        long written = System.nanoTime();
        worker.append(stream, log(n, "from the other server"));
        assertEquals(n, watch.take(1).getFirst().getProducerSequence());
        long millis = (System.nanoTime() - written) / 1_000_000;
        org.junit.jupiter.api.Assertions.assertTrue(millis < 2_000, () -> millis + " ms");
      }
    }
  }

  @Test
  void aResendToTheOtherServerIsNotStoredTwice() {
    String stream = worker.stream();
    try (Publishing one = worker.publish(stream, "p");
        Publishing other = worker.at(there).publish(stream, "p")) {
      one.publish(logs(1, 10));
      assertEquals(0, other.publish(logs(1, 10)).getSequence());
      assertEquals(13, other.publish(logs(5, 12)).getSequence());
      assertEquals(12, one.publish(logs(11, 12)).getProducerSequence());
      assertEquals(14, one.publish(logs(12, 13)).getSequence());
    }
    try (Publishing again = worker.at(there).publish(stream, "p")) {
      assertEquals(13, again.opened());
    }
    List<Event> stored = here.nobody().everything(stream);
    assertEquals(run(1, 14), sequences(stored));
    assertEquals(run(1, 13), numbers(stored, "p"));
  }

  @Test
  void aStreamEndedAtOneServerTakesNothingAtTheOther() {
    String stream = worker.stream();
    try (Publishing other = worker.at(there).publish(stream, "p")) {
      other.publish(logs(1, 2));
      worker.end(stream);
      Refused.with(ErrorReason.ERROR_REASON_STREAM_ENDED, () -> other.publish(logs(3, 3)));
    }
    assertEquals(4, here.nobody().everything(stream).size());
  }

  @Test
  void whoAsksForEverythingGetsWhatAnotherServerStoredBeforeTheQuestion() {
    String stream = worker.stream();
    try (Watching earlier = deaf.nobody().watch(stream)) {
      earlier.until(MarkCase.CAUGHT_UP);
      worker.append(stream, logs(1, 5).toArray(Event[]::new));
      var request =
          WatchRequest.newBuilder()
              .setStreamId(stream)
              .setAfterSequence(1)
              .setStopWhenCaughtUp(true);
      try (Watching now = deaf.nobody().watch(request)) {
        assertEquals(run(2, 6), sequences(now.until(MarkCase.CAUGHT_UP)));
      }
    }
  }

  private static List<Callable<List<Event>>> writers(String stream, IntFunction<Worker> at) {
    var writers = new ArrayList<Callable<List<Event>>>();
    for (int n = 0; n < PUBLISHERS; n++) {
      Worker by = at.apply(n);
      String producer = "publisher-" + n;
      writers.add(() -> {
        try (Publishing call = by.publish(stream, producer)) {
          for (int from = 1; from <= PUBLISHED; from += 8) {
            call.send(logs(from, from + 7));
          }
          for (int from = 1; from <= PUBLISHED; from += 8) {
            assertEquals(from + 7, call.committed().getProducerSequence());
          }
          call.finish();
        }
        return List.of();
      });
    }
    for (int n = 0; n < APPENDERS; n++) {
      Worker by = at.apply(n);
      String producer = "appender-" + n;
      writers.add(() -> {
        for (int number = 1; number <= APPENDED; number++) {
          assertEquals(1, by.append(stream, producer, logs(number, number)).getInserted());
        }
        return List.of();
      });
    }
    return writers;
  }

  /** Sequences 1 to n, and of each producer every number once and in its order. */
  private static void assertWhole(List<Event> stored) {
    assertEquals(run(1, 1 + PUBLISHERS * PUBLISHED + APPENDERS * APPENDED), sequences(stored));
    for (int n = 0; n < PUBLISHERS; n++) {
      assertEquals(run(1, PUBLISHED), numbers(stored, "publisher-" + n));
    }
    for (int n = 0; n < APPENDERS; n++) {
      assertEquals(run(1, APPENDED), numbers(stored, "appender-" + n));
    }
  }

  private static List<Long> numbers(List<Event> stored, String producer) {
    return stored.stream()
        .filter(event -> event.getProducerId().equals(producer))
        .map(Event::getProducerSequence)
        .collect(Collectors.toList());
  }
}
