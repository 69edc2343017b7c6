package io.clawlive.server.testing;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Thought;
import java.util.List;
import java.util.stream.LongStream;

/** Events as an agent sends them, and what tests look at in those that come back. */
public final class Events {
  private Events() {}

  /** A thought with this producer sequence. */
  public static Event thought(long number, String text) {
    return Event.newBuilder()
        .setProducerSequence(number)
        .setThought(Thought.newBuilder().setText(text))
        .build();
  }

  /** A log line with this producer sequence. */
  public static Event log(long number, String line) {
    return Event.newBuilder()
        .setProducerSequence(number)
        .setLog(LogLine.newBuilder().setLine(line))
        .build();
  }

  /** Log lines with the producer sequences from the first to the last. */
  public static List<Event> logs(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(n -> log(n, "line " + n)).toList();
  }

  /** Where events stand. */
  public static List<Long> sequences(List<Event> events) {
    return events.stream().map(Event::getSequence).toList();
  }

  /** 1 to n, or any other run. */
  public static List<Long> run(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
