package io.clawlive.server.platform.grpc;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.Rate;
import io.clawlive.policy.v1.RateKey;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Rates of a server that counts alone. */
final class RateTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);
  private static final MovableClock clock = (MovableClock) server.bean(Clock.class);
  private static final Worker worker = server.worker("steady");

  @Test
  void bucketsOfIdleKeysDoNotStay() {
    int before = buckets();
    for (int i = 0; i < 50; i++) {
      worker.append(worker.stream(), thought(1, "once"));
    }
    String busy = worker.stream();
    exhaust(busy);
    assertEquals(before + 51, buckets());

    clock.advance(Duration.ofSeconds(11));
    String last = worker.stream();
    worker.append(last, thought(1, "sweeps"));
    assertTrue(buckets() <= 2, () -> buckets() + " buckets");
    // The one that was not full again was kept, with what it remembers: 11 s refill 18 calls.
    for (int i = 0; i < 18; i++) {
      worker.append(busy, thought(101 + i, "refilled"));
    }
    refused(busy);
  }

  @Test
  void aSecondSessionIsCountedApart() {
    exhaust(worker.stream());
    exhaust(worker.stream());
  }

  @Test
  void whoIsNobodyIsCountedByTheAddressAndTheOwnMachineNotAtAll() {
    try (var door = door(rate(3, 60, RateKey.RATE_KEY_CALLER))) {
      for (int i = 0; i < 3; i++) {
        door.call("192.0.2.1", "");
        door.call("192.0.2.1", "somebody");
        door.call("127.0.0.1", "192.0.2.1");
      }
      assertEquals("3", refused(() -> door.call("192.0.2.1", "")).metadata("limit"));
      refused(() -> door.call("192.0.2.9", "somebody"));
      door.call("192.0.2.2", "");
      for (int i = 0; i < 10; i++) {
        door.call("::1", "");
      }
    }
  }

  @Test
  void everyRateAppliesAndTheOneThatIsExceededIsNamed() {
    try (var door =
        door(
            rate(100, 60, RateKey.RATE_KEY_ADDRESS),
            rate(2, 60, RateKey.RATE_KEY_CALLER),
            rate(3, 3_600, RateKey.RATE_KEY_CALLER))) {
      door.call("192.0.2.11", "mara");
      door.call("192.0.2.11", "mara");
      Refused inTheMinute = refused(() -> door.call("192.0.2.11", "mara"));
      assertEquals("60", inTheMinute.metadata("window_seconds"));
      assertEquals("2", inTheMinute.metadata("limit"));
      clock.advance(Duration.ofSeconds(30));
      door.call("192.0.2.11", "mara");
      clock.advance(Duration.ofSeconds(30));
      Refused inTheHour = refused(() -> door.call("192.0.2.11", "mara"));
      assertEquals("3600", inTheHour.metadata("window_seconds"));
      assertEquals("3", inTheHour.metadata("limit"));
    }
  }

  @Test
  void aCallThatOneRateRefusesCostsNothingOfTheOthers() {
    try (var door =
        door(rate(2, 60, RateKey.RATE_KEY_CALLER), rate(1, 60, RateKey.RATE_KEY_ADDRESS))) {
      door.call("192.0.2.21", "nils");
      for (int i = 0; i < 5; i++) {
        refused(() -> door.call("192.0.2.21", "nils"));
      }
      door.call("192.0.2.22", "nils");
      assertEquals("2", refused(() -> door.call("192.0.2.23", "nils")).metadata("limit"));
    }
  }

  private static RatedDoor door(Rate.Builder... rates) {
    var policy = Policy.newBuilder();
    List.of(rates).forEach(policy::addRates);
    return new RatedDoor(server, policy.build());
  }

  private static Rate.Builder rate(int count, long seconds, RateKey key) {
    return Rate.newBuilder()
        .setCount(count)
        .setWindow(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
        .setKey(key);
  }

  private static Refused refused(Executable call) {
    return Refused.with(ErrorReason.ERROR_REASON_RATE_LIMITED, call);
  }

  private static void exhaust(String session) {
    for (int i = 0; i < 100; i++) {
      worker.append(session, thought(i + 1, "again"));
    }
    refused(session);
  }

  private static void refused(String session) {
    refused(() -> worker.append(session, thought(1_000, "too much")));
  }

  private static int buckets() {
    return (int) server.bean(MeterRegistry.class).get("clawlive.rates.buckets").gauge().value();
  }
}
