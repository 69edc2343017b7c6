package io.clawlive.cli.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void theWaitIsTheTimeBetweenEventsDividedByTheSpeed() {
    Pace pace = new Pace(4, Double.MAX_VALUE);
    assertEquals(Duration.ZERO, pace.next(NOON));
    assertEquals(Duration.ofMillis(500), pace.next(NOON.plusSeconds(2)));
  }

  @Test
  void anIdleStretchIsCutToTheLimit() {
    Pace pace = new Pace(1, 1.5);
    pace.next(NOON);
    assertEquals(Duration.ofMillis(1500), pace.next(NOON.plusSeconds(3600)));
  }

  @Test
  void atMaximumNothingWaits() {
    Pace pace = new Pace(Double.POSITIVE_INFINITY, Double.MAX_VALUE);
    pace.next(NOON);
    assertEquals(Duration.ZERO, pace.next(NOON.plusSeconds(3600)));
  }

  @Test
  void aStepBackIsNotWaitedForTwice() {
    Pace pace = new Pace(1, Double.MAX_VALUE);
    pace.next(NOON);
    assertEquals(Duration.ZERO, pace.next(NOON.minusSeconds(5)));
    assertEquals(Duration.ofSeconds(1), pace.next(NOON.plusSeconds(1)));
  }
}
