package io.clawlive.server.platform.redis;

import static io.clawlive.server.testing.Events.thought;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Short messages between servers. */
final class BellsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PATIENT = "clawlive.redis.timeout=10s";

  @Test
  void whoListensHearsWhatIsRungUnderTheSameNameInTheSameDatabase() {
    try (TestRedis redis = TestRedis.start();
        TestServer one = TestServer.start(redis.property(), PATIENT);
        TestServer other = one.sibling(redis.property(), PATIENT);
        TestServer foreign = one.sibling(redis.property() + "/3", PATIENT)) {
      Queue<String> heard = listen(other, "doors");
      Queue<String> beside = listen(other, "windows");
      Queue<String> elsewhere = listen(foreign, "doors");
      // Everybody listens once each has heard a ring that was meant for them.
      ringUntilHeard(one, "doors", "\0ding\n", heard);
      ringUntilHeard(one, "windows", "dong", beside);
      ringUntilHeard(foreign, "doors", "far", elsewhere);
      ringUntilHeard(one, "doors", "last", heard);
      assertEquals(Set.of("\0ding\n", "last"), Set.copyOf(heard));
      assertEquals(Set.of("dong"), Set.copyOf(beside));
      assertEquals(Set.of("far"), Set.copyOf(elsewhere));
    }
  }

  private static Queue<String> listen(TestServer server, String topic) {
    var heard = new ConcurrentLinkedQueue<String>();
    server.bean(Bells.class).listen(topic, message -> heard.add(new String(message, UTF_8)));
    return heard;
  }

  private static void ringUntilHeard(
      TestServer server, String topic, String message, Queue<String> heard) {
    Together.soon(
        message + " is heard",
        PATIENCE,
        () -> {
          server.bean(Bells.class).ring(topic, message.getBytes(UTF_8));
          return heard.contains(message);
        });
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
