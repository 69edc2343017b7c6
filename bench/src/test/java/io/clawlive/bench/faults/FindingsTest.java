package io.clawlive.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.LogLevel;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Log log(String... lines) {
    var log = new Log();
    for (int i = 0; i < lines.length; i++) {
      log.add(event(i + 1, lines[i]));
    }
    return log;
  }

  private static StreamEvent event(long sequence, String line) {
    return new StreamEvent(
        "stream",
        sequence,
        "producer",
        sequence,
        NOW,
        NOW,
        Actor.getDefaultInstance(),
        new EventPayload.LogLine(LogLevel.LOG_LEVEL_INFO, "", line, false));
  }

  private static String line(String writer, long number) {
    return new Line(writer, number).text();
  }

  @Test
  void aWholeLogHasNothingWrong() {
    Log log = log(line("a", 1), line("b", 1), line("a", 2), line("b", 2));
    assertEquals(new Findings(4, 0, 0, 0), Findings.of(log, Map.of("a", 2L, "b", 2L)));
    assertEquals(0, log.holes());
  }

  @Test
  void whatWasAcknowledgedAndIsNotThereIsLost() {
    Log log = log(line("a", 1), line("a", 3));
    assertEquals(new Findings(2, 1, 0, 0), Findings.of(log, Map.of("a", 3L)));
  }

  @Test
  void whatWasNotAcknowledgedMayBeMissingOrThere() {
    assertEquals(0, Findings.of(log(line("a", 1)), Map.of("a", 1L)).lost());
    assertEquals(0, Findings.of(log(line("a", 1), line("a", 2)), Map.of("a", 1L)).lost());
  }

  @Test
  void duplicatesAndDisorderAreToldApart() {
    Log twice = log(line("a", 1), line("a", 2), line("a", 1));
    assertEquals(new Findings(3, 0, 1, 0), Findings.of(twice, Map.of("a", 2L)));
    Log disordered = log(line("a", 2), line("a", 1));
    assertEquals(new Findings(2, 0, 0, 1), Findings.of(disordered, Map.of("a", 2L)));
  }

  @Test
  void aWriterOfWhichNothingIsThereHasLostEverything() {
    assertEquals(5, Findings.of(log(), Map.of("a", 5L)).lost());
  }

  @Test
  void aHoleInTheSequencesIsCounted() {
    var log = new Log();
    log.add(event(1, line("a", 1)));
    log.add(event(3, line("a", 2)));
    assertEquals(1, log.holes());
  }

  @Test
  void logsAreTheSameOnlyWithTheSameContentInTheSameOrder() {
    assertTrue(log(line("a", 1), line("b", 1)).sameAs(log(line("a", 1), line("b", 1))));
    assertFalse(log(line("a", 1), line("b", 1)).sameAs(log(line("b", 1), line("a", 1))));
    assertFalse(log(line("a", 1)).sameAs(log(line("a", 1), line("b", 1))));
  }
}
