package io.clawlive.server.platform.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.platform.Leases;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers know together who is there. */
final class SharedLeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** A machine under load answers late; only what a test does to Redis is to be an outage. */
  private static final String PATIENT = "clawlive.redis.timeout=10s";

  @AutoClose private static final TestRedis redis = TestRedis.start();

  @AutoClose
  private static final TestServer one =
      TestServer.start(redis.property(), PATIENT, MovableClock.PROPERTY);

  @AutoClose
  private static final TestServer other =
      one.sibling(redis.property(), PATIENT, MovableClock.PROPERTY);

  private static final Leases here = one.bean(Leases.class);
  private static final Leases there = other.bean(Leases.class);

  @BeforeEach
  void settle() {
    held(here, "any");
    pass(LEASE.multipliedBy(2));
  }

  @Test
  void aLeaseOfOneServerIsSeenAndReleasedByTheOther() {
    here.hold("shared", "ada", "laptop", "active", LEASE);
    there.hold("shared", "ada", "phone\nof hers", "idle", LEASE);
    there.hold("shared", "ben", "", "3", LEASE);
    var expected =
        Map.of(
            "shared",
            Map.of(
                "ada", Map.of("laptop", "active", "phone\nof hers", "idle"),
                "ben", Map.of("", "3")));
    assertEquals(Optional.of(expected), held(here, "shared", "nobody's"));
    assertEquals(Optional.of(expected), held(there, "nobody's", "shared"));
    there.release("shared", "ada", "laptop");
    here.release("shared", "ben", "");
    here.release("nobody's", "ben", "");
    assertEquals(
        Optional.of(Map.of("shared", Map.of("ada", Map.of("phone\nof hers", "idle")))),
        held(here, "shared"));
  }

  @Test
  void aLeaseEndsByItselfUnlessItIsRenewedByWhicheverServer() {
    here.hold("ending", "ada", "laptop", "active", LEASE);
    here.hold("ending", "ben", "laptop", "active", LEASE);
    pass(Duration.ofSeconds(20));
    there.hold("ending", "ben", "laptop", "idle", LEASE);
    pass(Duration.ofMillis(9_999));
    assertEquals(
        Map.of("ada", Map.of("laptop", "active"), "ben", Map.of("laptop", "idle")),
        held(there, "ending").orElseThrow().get("ending"));
    pass(Duration.ofMillis(1));
    assertEquals(
        Map.of("ben", Map.of("laptop", "idle")), held(there, "ending").orElseThrow().get("ending"));
    pass(Duration.ofSeconds(20));
    assertEquals(Optional.of(Map.of()), held(here, "ending"));
  }

  @Test
  void manyGroupsAreAskedForAtOnceAndKeepApart() {
    List<String> groups = IntStream.range(0, 250).mapToObj(n -> "room " + n).toList();
    groups.forEach(group -> here.hold(group, "ada", "laptop", "in " + group, LEASE));
    var held = there.held(groups).orElseThrow();
    assertEquals(250, held.size());
    groups.forEach(
        group -> assertEquals(Map.of("ada", Map.of("laptop", "in " + group)), held.get(group)));
  }

  @Test
  void aServerThatComesToAHouseThatIsUpKnowsAtOnce() {
    here.hold("open house", "ada", "laptop", "active", LEASE);
    try (TestServer third = one.sibling(redis.property(), PATIENT, MovableClock.PROPERTY)) {
      clock(third).follow(clock(one));
      assertEquals(
          Optional.of(Map.of("open house", Map.of("ada", Map.of("laptop", "active")))),
          held(third.bean(Leases.class), "open house"));
    }
  }

  @Test
  void everyKeyExpiresAndSaysNothingOfWhomItCounts() {
    here.hold("ada's den", "ada", "laptop", "active", LEASE);
    redis
        .keys()
        .forEach((key, millis) -> {
          assertTrue(key.matches("clawlive:\\{leases}:(since|[A-Za-z0-9_-]{43})"), key);
          assertTrue(millis > 0 && millis <= 31_000, key + " lives " + millis + " ms");
        });
  }

  @Test
  void whatEndedAMinuteAgoIsThrownAwayWhenSomebodyAsks() {
    String key = Keys.of("{leases}", "busy");
    for (int tab = 0; tab < 50; tab++) {
      here.hold("busy", "ada", "tab " + tab, "active", LEASE);
    }
    pass(Duration.ofSeconds(90));
    here.hold("busy", "ada", "one more", "active", LEASE);
    assertEquals(51, redis.fields(key));
    held(there, "busy");
    assertEquals(51, redis.fields(key), "the clock of this server might run ahead");
    pass(Duration.ofMillis(1));
    held(there, "busy");
    assertEquals(1, redis.fields(key));
  }

  @Test
  void aRedisThatWasAwayKnowsNobodyUntilEverybodyHadTheTimeToComeBack() {
    here.hold("outage", "ada", "laptop", "active", LEASE);
    redis.kill();
    assertEquals(Optional.empty(), held(here, "outage"));
    here.hold("outage", "ada", "laptop", "active", LEASE);
    redis.startAgain();
    awaitAnswers();
    assertEquals(Optional.empty(), held(here, "outage"));
    assertEquals(Optional.empty(), held(there, "outage"), "it saw no outage, and Redis is empty");
    pass(LEASE.minusMillis(1));
    here.hold("outage", "ada", "laptop", "active", LEASE);
    assertEquals(Optional.empty(), held(here, "outage"));
    assertEquals(Optional.empty(), held(there, "outage"));
    pass(Duration.ofMillis(1));
    var expected = Optional.of(Map.of("outage", Map.of("ada", Map.of("laptop", "active"))));
    assertEquals(expected, held(here, "outage"));
    assertEquals(expected, held(there, "outage"));
  }

  /** Waits until Redis takes the leases of both servers. */
  private static void awaitAnswers() {
    Together.soon(
        "both servers keep leases in Redis",
        Duration.ofSeconds(20),
        () -> {
          here.hold("back", "one", "", "", LEASE);
          there.hold("back", "other", "", "", LEASE);
          return redis.fields(Keys.of("{leases}", "back")) == 2;
        });
  }

  private static Optional<Map<String, Map<String, Map<String, String>>>> held(
      Leases leases, String... groups) {
    return leases.held(List.of(groups));
  }

  private static void pass(Duration time) {
    clock(one).advance(time);
    clock(other).follow(clock(one));
  }

  private static MovableClock clock(TestServer server) {
    return (MovableClock) server.bean(Clock.class);
  }
}
