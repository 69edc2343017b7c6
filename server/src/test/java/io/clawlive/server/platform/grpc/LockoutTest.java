package io.clawlive.server.platform.grpc;

import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOCKED_OUT;
import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOGIN_BUSY;
import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOGIN_FAILED;
import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOGIN_UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.GuardedDoor.Wrong;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Ten failures of a name and an address in a minute lock both for five minutes. */
final class LockoutTest {
  private static final String WRONG = Wrong.THROWN.name();

  /** What holds for one server that counts alone and for two that count in Redis alike. */
  abstract static class Story {
    /** The same as {@code other} where there is only one. */
    abstract GuardedDoor one();

    abstract GuardedDoor other();

    abstract void pass(Duration time);

    @Test
    void afterTenFailuresTheRightPasswordDoesNotHelpEitherForFiveMinutes() {
      fail("anna", 10);
      Refused refused = locked("anna");
      assertEquals(
          "10 failures in 60 seconds locked this name for this address;"
              + " wait 300 of 300 seconds.",
          refused.message());
      assertEquals(Duration.ofMinutes(5), delay(refused));
      assertEquals("10", refused.metadata("failures"));
      assertEquals("300", refused.metadata("duration_seconds"));

      pass(Duration.ofMinutes(5).minusMillis(1));
      assertEquals(Duration.ofMillis(1), delay(locked("anna")));
      pass(Duration.ofMillis(1));
      one().login("anna", GuardedDoor.RIGHT);
      fail("anna", 10);
      locked("anna");
    }

    @Test
    void tryingWhileLockedDoesNotMakeItLonger() {
      fail("bert", 10);
      pass(Duration.ofMinutes(4));
      for (int i = 0; i < 20; i++) {
        assertEquals(Duration.ofMinutes(1), delay(locked("bert")));
      }
      pass(Duration.ofMinutes(1));
      other().login("bert", GuardedDoor.RIGHT);
    }

    @Test
    void nineFailuresInAMinuteLockNothingHoweverLongTheyGoOn() {
      fail("cleo", 9);
      for (int minute = 0; minute < 5; minute++) {
        pass(Duration.ofMinutes(1));
        fail("cleo", 9);
        one().login("cleo", GuardedDoor.RIGHT);
      }
    }

    @Test
    void aWindowBeginsAnywhere() {
      fail("dora", 1);
      pass(Duration.ofSeconds(31));
      fail("dora", 4);
      pass(Duration.ofSeconds(29));
      // The first is a minute old and forgotten; the four of the middle are not.
      fail("dora", 5);
      other().login("dora", GuardedDoor.RIGHT);
      fail("dora", 1);
      locked("dora");
    }

    @Test
    void whatIsNoFailureIsNotCounted() {
      for (int i = 0; i < 30; i++) {
        one().login("emil", GuardedDoor.RIGHT);
        Refused.with(
            ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
            () -> other().login("emil", GuardedDoor.BROKEN));
      }
      fail("emil", 10);
      locked("emil");
    }

    @Test
    void aFailureCountsHoweverAnEndpointTellsIt() {
      for (Wrong wrong : Wrong.values()) {
        String name = "finn" + wrong;
        for (int i = 0; i < 10; i++) {
          try {
            (i % 2 == 0 ? one() : other()).login(name, wrong.name());
          } catch (StatusRuntimeException e) {
            assertEquals(io.grpc.Status.Code.UNAUTHENTICATED, e.getStatus().getCode());
          }
        }
        locked(name);
      }
    }

    @Test
    void aNameIsTheSameInAnyCaseAndAnotherOneIsCountedApart() {
      fail("Gina", 5);
      fail("gINA", 5);
      locked("gina");
      one().login("gino", GuardedDoor.RIGHT);
    }

    @Test
    void anotherAddressIsCountedApartAndThisMachineIsOne() {
      for (int i = 0; i < 10; i++) {
        String loopback = i % 2 == 0 ? "127.0.0." + (i + 1) : "::1";
        Refused.with(ERROR_REASON_LOGIN_FAILED, () -> one().login("hugo", WRONG, loopback));
      }
      locked("hugo");
      other().login("hugo", GuardedDoor.RIGHT, "192.0.2.1");
      for (int i = 0; i < 10; i++) {
        Refused.with(ERROR_REASON_LOGIN_FAILED, () -> one().login("hugo", WRONG, "192.0.2.2"));
      }
      Refused.with(
          ERROR_REASON_LOCKED_OUT, () -> other().login("hugo", GuardedDoor.RIGHT, "192.0.2.2"));
      other().login("hugo", GuardedDoor.RIGHT, "192.0.2.1");
    }

    @Test
    void guessesAtTheSameMomentAreExactlyAsManyAsInTurn() {
      var guesses = new ArrayList<Callable<ErrorReason>>();
      for (int i = 0; i < 100; i++) {
        GuardedDoor door = i % 2 == 0 ? one() : other();
        guesses.add(() -> Refused.any(() -> door.login("ines", WRONG)).reason());
      }
      Map<ErrorReason, Long> reasons =
          Together.run(guesses).stream()
              .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
      assertEquals(10, reasons.get(ERROR_REASON_LOGIN_FAILED), reasons::toString);
      assertTrue(
          List.of(ERROR_REASON_LOGIN_FAILED, ERROR_REASON_LOCKED_OUT, ERROR_REASON_LOGIN_BUSY)
              .containsAll(reasons.keySet()),
          reasons::toString);
      locked("ines");
    }

    @Test
    void moreAtOnceThanMayFailAreAskedToComeBackAndLockNothing() throws Exception {
      var slow = new ArrayList<Callable<ErrorReason>>();
      for (int i = 0; i < 9; i++) {
        slow.add(() -> Refused.any(() -> one().login("jana", GuardedDoor.SLOW)).reason());
      }
      var running = new Thread(() -> Together.run(slow));
      fail("jana", 1);
      running.start();
      one().waiting.acquire(9);
      Refused refused =
          Refused.with(ERROR_REASON_LOGIN_BUSY, () -> other().login("jana", GuardedDoor.RIGHT));
      assertEquals(Duration.ofSeconds(1), delay(refused));
      pass(Duration.ofMinutes(1));
      other().login("jana", GuardedDoor.RIGHT);
      one().goOn.release(9);
      running.join();
      fail("jana", 1);
      locked("jana");
    }

    @Test
    void aGuessThatIsCancelledIsCounted() throws Exception {
      for (int i = 0; i < 10; i++) {
        one().loginAndCancel("karl");
        one().goOn.release();
      }
      Together.soon(
          "the lock",
          Duration.ofSeconds(5),
          () -> {
            try {
              one().login("karl", GuardedDoor.RIGHT);
              return false;
            } catch (StatusRuntimeException e) {
              return Refused.of(e).reason() == ERROR_REASON_LOCKED_OUT;
            }
          });
    }

    private void fail(String name, int times) {
      for (int i = 0; i < times; i++) {
        GuardedDoor door = i % 2 == 0 ? one() : other();
        Refused.with(ERROR_REASON_LOGIN_FAILED, () -> door.login(name, WRONG));
      }
    }

    private Refused locked(String name) {
      Refused.with(ERROR_REASON_LOCKED_OUT, () -> one().login(name, WRONG));
      return Refused.with(ERROR_REASON_LOCKED_OUT, () -> other().login(name, GuardedDoor.RIGHT));
    }
  }

  @Nested
  final class OneServerAlone extends Story {
    @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);
    @AutoClose private static final GuardedDoor door = new GuardedDoor(server);

    @Override
    GuardedDoor one() {
      return door;
    }

    @Override
    GuardedDoor other() {
      return door;
    }

    @Override
    void pass(Duration time) {
      clock(server).advance(time);
    }

    @Test
    void whoeverWasTriedLongAgoIsForgottenButNoLock() {
      // Until the locks of other tests are over.
      pass(Duration.ofMinutes(5));
      for (int i = 0; i < 50; i++) {
        String name = "paul" + i;
        Refused.any(() -> door.login(name, WRONG));
      }
      for (int i = 0; i < 10; i++) {
        Refused.any(() -> door.login("petra", WRONG));
      }
      assertTrue(keys() > 50, () -> keys() + " keys");
      pass(Duration.ofSeconds(299));
      Refused.with(ERROR_REASON_LOCKED_OUT, () -> door.login("petra", GuardedDoor.RIGHT));
      assertEquals(1, keys());
    }

    private static int keys() {
      return (int) server.bean(MeterRegistry.class).get("clawlive.attempts.keys").gauge().value();
    }
  }

  @Nested
  final class TwoServersWithOneRedis extends Story {
    @AutoClose private static final TestRedis redis = TestRedis.start();

    @AutoClose
    private static final TestServer first =
        TestServer.start(redis.property(), "clawlive.redis.timeout=10s", MovableClock.PROPERTY);

    @AutoClose
    private static final TestServer second =
        first.sibling(redis.property(), "clawlive.redis.timeout=10s", MovableClock.PROPERTY);

    @AutoClose private static final GuardedDoor atFirst = new GuardedDoor(first);
    @AutoClose private static final GuardedDoor atSecond = new GuardedDoor(second);

    @Override
    GuardedDoor one() {
      return atFirst;
    }

    @Override
    GuardedDoor other() {
      return atSecond;
    }

    @Override
    void pass(Duration time) {
      clock(first).advance(time);
      clock(second).follow(clock(first));
    }

    @Test
    void everyKeyExpiresByItselfAndHoldsNoName() {
      Refused.any(() -> atFirst.login("lotte", WRONG));
      for (int i = 0; i < 10; i++) {
        Refused.any(() -> atFirst.login("moritz", WRONG));
      }
      redis
          .keys()
          .forEach((key, millis) -> {
            assertTrue(
                key.matches("clawlive:attempts:\\{[A-Za-z0-9_-]{43}\\}:(underway|failed|lock)"),
                key);
            long longest = key.endsWith(":lock") ? 300_000 : 60_000;
            assertTrue(millis > 0 && millis <= longest, key + " lives " + millis + " ms");
          });
    }
  }

  @Test
  void nobodyIsLetInByAPasswordWhileRedisIsAway() {
    try (TestRedis redis = TestRedis.start();
        TestServer server = TestServer.start(redis.property());
        GuardedDoor door = new GuardedDoor(server)) {
      door.login("nora", GuardedDoor.RIGHT);
      redis.kill();
      for (String password : List.of(GuardedDoor.RIGHT, WRONG)) {
        Refused.with(ERROR_REASON_LOGIN_UNAVAILABLE, () -> door.login("nora", password));
      }
      redis.startAgain();
      Together.soon(
          "logins work again",
          Duration.ofSeconds(20),
          () -> {
            try {
              door.login("nora", GuardedDoor.RIGHT);
              return true;
            } catch (StatusRuntimeException e) {
              assertEquals(ERROR_REASON_LOGIN_UNAVAILABLE, Refused.of(e).reason());
              return false;
            }
          });
    }
  }

  @Test
  void aCallThatWasBeingCheckedWhenRedisWentGetsItsAnswer() {
    try (TestRedis redis = TestRedis.start();
        TestServer server = TestServer.start(redis.property());
        GuardedDoor door = new GuardedDoor(server)) {
      var reasons =
          Together.run(
              List.of(
                  () -> Refused.any(() -> door.login("otto", GuardedDoor.SLOW)).reason(),
                  () -> {
                    door.waiting.acquireUninterruptibly();
                    redis.kill();
                    door.goOn.release();
                    return ERROR_REASON_LOGIN_FAILED;
                  }));
      assertEquals(Collections.nCopies(2, ERROR_REASON_LOGIN_FAILED), reasons);
    }
  }

  private static Duration delay(Refused refused) {
    var delay = refused.detail(RetryInfo.class).orElseThrow().getRetryDelay();
    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }

  private static MovableClock clock(TestServer server) {
    return (MovableClock) server.bean(Clock.class);
  }
}
