package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A watcher at one server hears of what is written at another one that shares its Redis. */
final class DoorbellTest {
  /** So rarely that only the bell can be quick. */
  private static final String RARE_POLL = "clawlive.streams.poll-interval=10s";

  private static final String PATIENT = "clawlive.redis.timeout=10s";

  @AutoClose private static final TestRedis redis = TestRedis.start();

  @AutoClose
  private static final TestServer one = TestServer.start(redis.property(), PATIENT, RARE_POLL);

  @AutoClose
  private static final TestServer other = one.sibling(redis.property(), PATIENT, RARE_POLL);

  private static final Worker worker = one.worker("ringer");

  @Test
  void aLoneEventIsHeardAtTheOtherServerAtOnce() {
    String stream = worker.stream();
    try (Watching watch = other.nobody().watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      deliver(worker, watch, stream, 1, 5);
      long[] millis = deliver(worker, watch, stream, 6, 55).sorted().toArray();
      assertTrue(millis[25] < 250, "half of them took longer than " + millis[25] + " ms");
    }
  }

  @Test
  void theEndOfAStreamIsHeardToo() {
    String stream = worker.stream();
    try (Watching watch = other.nobody().watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      long began = System.nanoTime();
      worker.end(stream);
      assertEquals(1, watch.until(MarkCase.ENDED).size());
      assertTrue(millisSince(began) < 5_000, "it took " + millisSince(began) + " ms");
    }
  }

  @Test
  void everyWatcherGetsEveryEventOnceWhereverItIsWritten() {
    String stream = worker.stream();
    List<Callable<List<Long>>> story =
        Stream.concat(
                IntStream.range(0, 20).mapToObj(n -> watcher(stream, n % 5 == 0 ? one : other)),
                Stream.of(writer(stream, one, "p"), writer(stream, other, "q")))
            .toList();
    List<List<Long>> seen = Together.run(story);
    seen.stream().limit(20).forEach(sequences -> assertEquals(run(2, 1_001), sequences));
  }

  @Test
  void withoutItsRedisThePollFindsTheEventsAndAfterwardsTheBellRingsAgain() {
    String poll = "clawlive.streams.poll-interval=2s";
    try (TestRedis fragile = TestRedis.start();
        TestServer here = TestServer.start(fragile.property(), poll);
        TestServer there = here.sibling(fragile.property(), poll)) {
      Worker writer = here.worker("patient");
      String stream = writer.stream();
      try (Watching watch = there.nobody().watch(stream)) {
        watch.until(MarkCase.CAUGHT_UP);
        fragile.kill();
        deliver(writer, watch, stream, 1, 3);
        fragile.startAgain();
        long[] number = {3};
        Together.soon(
            "five in a row are heard faster than by a poll each",
            Duration.ofSeconds(30),
            () -> {
              long from = number[0] + 1;
              number[0] += 5;
              return deliver(writer, watch, stream, from, number[0]).sum() < 1_000;
            });
      }
    }
  }

  /** The sequences one watcher gets of the thousand that are written. */
  private static Callable<List<Long>> watcher(String stream, TestServer at) {
    return () -> {
      try (Watching watch = at.nobody().watch(stream)) {
        return sequences(watch.take(1_001)).subList(1, 1_001);
      }
    };
  }

  private static Callable<List<Long>> writer(String stream, TestServer at, String producer) {
    return () -> {
      for (int batch = 0; batch < 20; batch++) {
        worker.at(at).append(stream, producer, logs(batch * 25 + 1, batch * 25 + 25));
      }
      return List.of();
    };
  }

  /** Appends events one after the other, each when the one before was heard; how long each took. */
  private static LongStream deliver(
      Worker writer, Watching watch, String stream, long from, long to) {
    return LongStream.of(
        LongStream.rangeClosed(from, to)
            .map(number -> {
              long began = System.nanoTime();
              writer.append(stream, thought(number, "ding"));
              Event heard = watch.take(1).getFirst();
              assertEquals(number, heard.getProducerSequence());
              return millisSince(began);
            })
            .toArray());
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
