package io.clawlive.sdk.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void theUpperBoundDoublesUpToFiveSeconds() {
    Backoff backoff = new Backoff(bound -> bound - 1);
    List<Long> millis = IntStream.range(0, 8).mapToObj(i -> backoff.next(true).toMillis()).toList();
    assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L), millis);
  }

  @Test
  void anAddressNobodyListensOnIsTriedEverySecondAtLeast() {
    Backoff backoff = new Backoff(bound -> bound - 1);
    IntStream.range(0, 50).forEach(i -> backoff.next(false));
    assertEquals(Duration.ofSeconds(1), backoff.next(false));
  }

  @Test
  void delaysAreSpreadOverTheWholeRange() {
    Backoff backoff = new Backoff();
    IntStream.range(0, 10).forEach(i -> backoff.next(true));
    List<Long> millis =
        IntStream.range(0, 500).mapToObj(i -> backoff.next(true).toMillis()).toList();
    assertTrue(millis.stream().anyMatch(delay -> delay < 500));
    assertTrue(millis.stream().anyMatch(delay -> delay > 4_500));
  }

  @Test
  void aSuccessMakesTheNextDelayShortAgain() {
    Backoff backoff = new Backoff(bound -> bound - 1);
    IntStream.range(0, 5).forEach(i -> backoff.next(true));
    backoff.reset();
    assertEquals(Duration.ofMillis(100), backoff.next(true));
  }
}
