package io.clawlive.server.platform.redis;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Redis goes away under a server that counts in it, and comes back. */
final class RedisOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A machine under load answers late; only what a test does to Redis is to be an outage. */
  private static final String PATIENT = "clawlive.redis.timeout=10s";

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Redis.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOGGER.addAppender(log);
    LOGGER.setLevel(Level.INFO);
    LOGGER.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    LOGGER.setAdditive(true);
    LOGGER.setLevel(null);
    LOGGER.detachAppender(log);
  }

  @Test
  void callsGoOnWithBucketsOfThisServerAndComeBackToRedis() {
    try (TestRedis redis = TestRedis.start();
        TestServer server = TestServer.start(redis.property(), PATIENT, MovableClock.PROPERTY)) {
      Worker worker = server.worker("steady");
      String session = worker.stream();
      assertEquals(60, append(worker, session, 60));
      assertEquals(0, server.counted("clawlive.rates.local"));

      redis.kill();
      assertEquals(100, append(worker, session, 140), "a bucket of this server's own");
      assertEquals(101, server.counted("clawlive.rates.local"));

      redis.startAgain();
      awaitRedis(server, worker);
      assertEquals(100, append(worker, session, 140), "Redis forgot, so its bucket is full");
      assertOneOutageWasLogged();
    }
  }

  @Test
  void aRedisThatHangsCostsAFewCallsTheTimeout() {
    try (TestRedis redis = TestRedis.start();
        TestServer server = TestServer.start(redis.property(), "clawlive.redis.timeout=1s")) {
      Worker worker = server.worker("brisk");
      String session = worker.stream();
      append(worker, session, 1);
      redis.whileHanging(() -> {
        long began = System.nanoTime();
        assertEquals(90, append(worker, session, 90));
        long millis = (System.nanoTime() - began) / 1_000_000;
        // Each of them waiting would be 90 seconds.
        assertTrue(millis < 20_000, "90 calls took " + millis + " ms");
      });
      awaitRedis(server, worker);
      assertOneOutageWasLogged();
    }
  }

  @Test
  void aServerStartsWithoutItsRedisAndFindsItLater() {
    int port = TestRedis.freePort();
    try (TestServer server = TestServer.start(TestRedis.property(port), PATIENT)) {
      Worker worker = server.worker("early");
      assertEquals(1, append(worker, worker.stream(), 1));
      try (TestRedis redis = TestRedis.startOn(port)) {
        awaitRedis(server, worker);
        assertOneOutageWasLogged();
      }
    }
  }

  @Test
  void thePasswordLetsInAndIsNeverTold() {
    try (TestRedis redis = TestRedis.startWithPassword("open-sesame")) {
      try (TestServer server =
          TestServer.start(redis.property(), PATIENT, "clawlive.redis.password=open-sesame")) {
        Worker worker = server.worker("trusted");
        assertEquals(1, append(worker, worker.stream(), 1));
        assertEquals(0, server.counted("clawlive.rates.local"));
        assertEquals(List.of(), log.list);
      }
      try (TestServer server =
          TestServer.start(redis.property(), "clawlive.redis.password=close-sesame")) {
        Worker worker = server.worker("mistaken");
        assertEquals(1, append(worker, worker.stream(), 1));
        assertTrue(server.counted("clawlive.rates.local") > 0);
      }
    }
    assertEquals(1, log.list.size());
    String warning = log.list.getFirst().getFormattedMessage();
    assertTrue(warning.contains("WRONGPASS"), warning);
    assertTrue(!warning.contains("sesame"), warning);
  }

  /** Calls this often; says how many were let in. */
  private static int append(Worker worker, String session, int times) {
    for (int letIn = 0; letIn < times; letIn++) {
      try {
        worker.append(session, thought(letIn + 1, "counted"));
      } catch (StatusRuntimeException e) {
        assertEquals(ErrorReason.ERROR_REASON_RATE_LIMITED, Refused.of(e).reason());
        return letIn;
      }
    }
    return times;
  }

  /** Waits until a call is counted in Redis again. */
  private static void awaitRedis(TestServer server, Worker worker) {
    Together.soon(
        "calls are counted in Redis",
        PATIENCE,
        () -> {
          double before = server.counted("clawlive.rates.local");
          append(worker, worker.stream(), 1);
          return server.counted("clawlive.rates.local") == before;
        });
  }

  private void assertOneOutageWasLogged() {
    assertEquals(
        List.of(Level.WARN, Level.INFO),
        log.list.stream().map(ILoggingEvent::getLevel).toList(),
        () -> log.list.toString());
  }
}
