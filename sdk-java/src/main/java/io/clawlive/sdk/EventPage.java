package io.clawlive.sdk;

import java.util.List;

/**
 * A page of a stream.
 *
 * @param events in rising sequence order, whichever way was read
 * @param hasMore whether there is more in the direction of reading
 * @param lastSequence the stream's newest sequence when the page was read
 */
public record EventPage(List<StreamEvent> events, boolean hasMore, long lastSequence) {

  /** Copies the events. */
  public EventPage {
    events = List.copyOf(events);
  }
}
