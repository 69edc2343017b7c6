package io.clawlive.server.rooms;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.server.streams.StreamState;
import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what was said, and what was thought of it. */
@Singleton
final class ChatHistory {
  /** Reactions that one page is made from at most; each is read again with every page. */
  private static final int MOST_REACTIONS = 10_000;

  private static final int ROWS = 1_000;

  private final EventLog log;
  private final EventReader events;

  ChatHistory(EventLog log, EventReader events) {
    this.log = log;
    this.events = events;
  }

  /** The nearest messages below a sequence, newest first. */
  List<Event> before(UUID session, long sequence, int limit) {
    var messages = new ArrayList<Event>();
    long below = sequence;
    while (messages.size() < limit) {
      List<Event> page = events.before(session, below, List.of(Chat.KIND), limit - messages.size());
      if (page.isEmpty()) {
        break;
      }
      messages.addAll(page.reversed());
      below = page.getFirst().getSequence();
    }
    return messages;
  }

  /**
   * The first sequence that was not recorded before this time. Sequences have no gaps and their
   * times rise, so a few of them tell where the time is.
   */
  long firstSince(UUID session, Timestamp time) {
    StreamState state = log.state(session);
    long low = state.firstSequence();
    long high = state.lastSequence() + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      boolean earlier =
          events
              .at(session, middle)
              .filter(event -> Timestamps.compare(event.getRecordedAt(), time) < 0)
              .isPresent();
      if (earlier) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The reactions to messages at or above a sequence. */
  Reactions reactions(UUID session, long sequence) {
    var reactions = new Reactions();
    long above = sequence;
    int read = 0;
    while (read < MOST_REACTIONS) {
      List<Event> page = events.after(session, above, List.of("reaction"), ROWS);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(reactions::add);
      read += page.size();
      above = page.getLast().getSequence();
    }
    return reactions;
  }
}
