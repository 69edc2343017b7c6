package io.clawlive.bench.faults;

import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.StreamEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stream's events as somebody saw them, and what is wrong with them. */
final class Log {
  private final List<Line> lines = new ArrayList<>();
  private long last;
  private long digest;
  private long holes;

  /** Takes the next event. */
  synchronized void add(StreamEvent event) {
    if (event.sequence() != last + 1) {
      holes++;
    }
    last = event.sequence();
    digest = digest * 31 + event.sequence() * 17 + event.payload().hashCode();
    if (event.payload() instanceof EventPayload.LogLine line) {
      lines.add(Line.parse(line.line()));
    }
  }

  /** Highest sequence seen. */
  synchronized long last() {
    return last;
  }

  /** Sequences that do not follow the one before. */
  synchronized long holes() {
    return holes;
  }

  /** Whether another saw the same events with the same content in the same order. */
  boolean sameAs(Log other) {
    return last() == other.last() && digest() == other.digest();
  }

  private synchronized long digest() {
    return digest;
  }

  /** What each writer wrote, in the order of the log. */
  synchronized Map<String, List<Long>> byWriter() {
    Map<String, List<Long>> numbers = new HashMap<>();
    for (Line line : lines) {
      numbers.computeIfAbsent(line.writer(), name -> new ArrayList<>()).add(line.number());
    }
    return numbers;
  }
}
