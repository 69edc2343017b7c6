package io.clawlive.server.platform.redis;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Short messages between servers. */
final class BellsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PATIENT = "clawlive.redis.timeout=10s";
  private static final byte[] DING = {0, (byte) 0xff, '\n'};

  @Test
  void whoListensHearsWhatIsRungUnderTheSameNameInTheSameDatabase() {
    try (TestRedis redis = TestRedis.start();
        TestServer one = TestServer.start(redis.property(), PATIENT);
        TestServer other = one.sibling(redis.property(), PATIENT);
        TestServer foreign = one.sibling(redis.property() + "/3", PATIENT)) {
      var heard = new LinkedBlockingQueue<byte[]>();
      var misheard = new LinkedBlockingQueue<byte[]>();
      other.bean(Bells.class).listen("doors", heard::add);
      other.bean(Bells.class).listen("windows", misheard::add);
      foreign.bean(Bells.class).listen("doors", misheard::add);
      Together.soon(
          "a ring is heard",
          PATIENCE,
          () -> {
            one.bean(Bells.class).ring("doors", DING);
            return !heard.isEmpty();
          });
      assertArrayEquals(DING, heard.peek());
      foreign.bean(Bells.class).ring("windows", DING);
      assertEquals(List.of(), List.copyOf(misheard));
    }
  }

  @Test
  void aRedisThatForbidsChannelsIsNoOutage() {
    try (TestRedis redis = TestRedis.start()) {
      redis.permit("mute", "on", ">open-sesame", "~clawlive:*", "resetchannels", "+@all");
      String url = redis.property().replace("//", "//mute@");
      String poll = "clawlive.streams.poll-interval=200ms";
      String password = "clawlive.redis.password=open-sesame";
      try (TestServer one = TestServer.start(url, password, poll, PATIENT);
          TestServer other = one.sibling(url, password, poll, PATIENT)) {
        Worker worker = one.worker("muted");
        String stream = worker.stream();
        try (var watch = other.nobody().watch(stream)) {
          watch.until(MarkCase.CAUGHT_UP);
          for (int number = 1; number <= 5; number++) {
            worker.append(stream, thought(number, "polled"));
            Event heard = watch.take(1).getFirst();
            assertEquals(number, heard.getProducerSequence());
          }
        }
        assertEquals(0, one.counted("clawlive.rates.local"), "rates are counted in Redis still");
      }
    }
  }
}
