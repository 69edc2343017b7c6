package io.clawlive.server.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who is there, as a server without a Redis knows it. */
final class LeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @AutoClose private final TestServer server = TestServer.start(MovableClock.PROPERTY);

  private final MovableClock clock = (MovableClock) server.bean(Clock.class);
  private final Leases leases = server.bean(Leases.class);

  @Test
  void aServerThatJustStartedDoesNotKnowWhoIsThere() {
    leases.hold("yard", "ada", "laptop", "active", LEASE);
    assertEquals(Optional.empty(), held("yard"));
    clock.advance(Duration.ofMillis(29_999));
    assertEquals(Optional.empty(), held("yard"));
    leases.hold("yard", "ada", "laptop", "active", LEASE);
    clock.advance(Duration.ofMillis(1));
    assertEquals(Optional.of(Map.of("yard", Map.of("ada", Map.of("laptop", "active")))), held());
  }

  @Test
  void aLeaseEndsByItselfUnlessItIsRenewed() {
    clock.advance(LEASE);
    leases.hold("yard", "ada", "laptop", "active", LEASE);
    leases.hold("yard", "ben", "phone", "active", LEASE);
    clock.advance(Duration.ofSeconds(20));
    leases.hold("yard", "ben", "phone", "idle", LEASE);
    clock.advance(Duration.ofMillis(9_999));
    assertEquals(
        Map.of("ada", Map.of("laptop", "active"), "ben", Map.of("phone", "idle")), in("yard"));
    clock.advance(Duration.ofMillis(1));
    assertEquals(Map.of("ben", Map.of("phone", "idle")), in("yard"));
    clock.advance(Duration.ofSeconds(20));
    assertEquals(Optional.of(Map.of()), held());
  }

  @Test
  void devicesAreHeldApartAndReleasedApart() {
    clock.advance(LEASE);
    leases.hold("yard", "ada", "laptop", "active", LEASE);
    leases.hold("yard", "ada", "phone\nof hers", "idle", LEASE);
    leases.hold("attic", "ada", "laptop", "active", LEASE);
    assertEquals(Map.of("ada", Map.of("laptop", "active", "phone\nof hers", "idle")), in("yard"));
    leases.release("yard", "ada", "laptop");
    assertEquals(Map.of("ada", Map.of("phone\nof hers", "idle")), in("yard"));
    leases.release("yard", "ada", "phone\nof hers");
    leases.release("yard", "ada", "phone\nof hers");
    assertEquals(Optional.of(Map.of("attic", Map.of("ada", Map.of("laptop", "active")))), held());
  }

  private Map<String, Map<String, String>> in(String group) {
    return held().orElseThrow().get(group);
  }

  private Optional<Map<String, Map<String, Map<String, String>>>> held() {
    return held("yard", "attic", "cellar");
  }

  private Optional<Map<String, Map<String, Map<String, String>>>> held(String... groups) {
    return leases.held(List.of(groups));
  }
}
