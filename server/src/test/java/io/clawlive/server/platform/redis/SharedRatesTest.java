package io.clawlive.server.platform.redis;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Append is taken 100 times a minute and session: by how many servers makes no difference. */
final class SharedRatesTest {
  /** A machine under load answers late; that must not count as an outage here. */
  private static final String PATIENT = "clawlive.redis.timeout=10s";

  @AutoClose private static final TestRedis redis = TestRedis.start();

  @AutoClose
  private static final TestServer one =
      TestServer.start(redis.property(), PATIENT, MovableClock.PROPERTY);

  @AutoClose
  private static final TestServer other =
      one.sibling(redis.property(), PATIENT, MovableClock.PROPERTY);

  private static final Worker worker = one.worker("busy");

  private static final AtomicInteger number = new AtomicInteger();

  @Test
  void twoServersLetInExactlyTheLimitInEachOfTenWindows() {
    setTheSameTime();
    String session = worker.stream();
    assertEquals(100, letInUntilRefused(session), "a full bucket");
    var windows = new ArrayList<Integer>();
    // A window passes in one step or in many; what is let in is the same.
    for (int steps : List.of(1, 2, 3, 4, 5, 6, 8, 10, 12, 25)) {
      int letIn = 0;
      for (int step = 0; step < steps; step++) {
        pass(Duration.ofMinutes(1).dividedBy(steps));
        letIn += letInUntilRefused(session);
      }
      windows.add(letIn);
    }
    assertEquals(List.of(100, 100, 100, 100, 100, 100, 100, 100, 100, 100), windows);
    assertEquals(0, one.counted("clawlive.rates.local"));
    assertEquals(0, other.counted("clawlive.rates.local"));
  }

  @Test
  void aRefusalSaysTheLimitAndWhenToComeBackAndThatIsTrue() {
    setTheSameTime();
    String session = worker.stream();
    letInUntilRefused(session);
    for (Worker at : List.of(worker, worker.at(other))) {
      Refused refused = refused(at, session);
      assertEquals("At most 100 calls in 60 seconds are taken here.", refused.message());
      assertEquals("100", refused.metadata("limit"));
      assertEquals("60", refused.metadata("window_seconds"));
      var delay = refused.detail(RetryInfo.class).orElseThrow().getRetryDelay();
      assertEquals(
          Duration.ofMillis(600), Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    }
    pass(Duration.ofMillis(599));
    refused(worker.at(other), session);
    pass(Duration.ofMillis(1));
    worker.at(other).append(session, thought(number.incrementAndGet(), "in time"));
    refused(worker, session);
  }

  @Test
  void anotherSessionIsCountedApart() {
    setTheSameTime();
    letInUntilRefused(worker.stream());
    assertEquals(100, letInUntilRefused(worker.stream()));
  }

  @Test
  void everyKeyInRedisExpiresByItselfAndSaysNothingOfWhatItCounts() {
    String session = worker.stream();
    worker.append(session, thought(number.incrementAndGet(), "counted"));
    var keys = redis.keys();
    assertFalse(keys.isEmpty());
    keys.forEach((key, millis) -> {
      assertTrue(key.matches("clawlive:rate:[A-Za-z0-9_-]{43}"), key);
      assertTrue(millis > 0 && millis <= 70_000, key + " lives " + millis + " ms");
    });
  }

  private static void pass(Duration time) {
    clock(one).advance(time);
    clock(other).follow(clock(one));
  }

  private static void setTheSameTime() {
    pass(Duration.ZERO);
  }

  private static MovableClock clock(TestServer server) {
    return (MovableClock) server.bean(Clock.class);
  }

  /** Calls from four callers at both servers at once, each until it is refused. */
  private static int letInUntilRefused(String session) {
    var callers = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 4; i++) {
      Worker at = i % 2 == 0 ? worker : worker.at(other);
      callers.add(() -> letInUntilRefused(at, session));
    }
    return Together.run(callers).stream().mapToInt(Integer::intValue).sum();
  }

  private static int letInUntilRefused(Worker at, String session) {
    for (int letIn = 0; ; letIn++) {
      try {
        // A producer of its own for each call, so that no order is asked of them.
        at.append(session, "p" + number.incrementAndGet(), List.of(thought(1, "counted")));
      } catch (StatusRuntimeException e) {
        assertEquals(ErrorReason.ERROR_REASON_RATE_LIMITED, Refused.of(e).reason());
        return letIn;
      }
    }
  }

  private static Refused refused(Worker at, String session) {
    return Refused.with(
        ErrorReason.ERROR_REASON_RATE_LIMITED,
        () -> at.append(session, thought(number.incrementAndGet(), "too much")));
  }
}
