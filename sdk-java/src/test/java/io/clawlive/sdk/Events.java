package io.clawlive.sdk;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Thought;
import java.util.List;

/** Short words for events in tests. */
public final class Events {
  private Events() {}

  /** A thought. */
  public static Event thought(String text) {
    return Event.newBuilder().setThought(Thought.newBuilder().setText(text)).build();
  }

  /** A numbered thought. */
  public static Event thought(long number, String text) {
    return thought(text).toBuilder().setProducerSequence(number).build();
  }

  /** The texts of thoughts. */
  public static List<String> texts(List<Event> events) {
    return events.stream().map(event -> event.getThought().getText()).toList();
  }
}
