package io.clawlive.server.streams;

import io.clawlive.server.platform.grpc.Page;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.SearchResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Finds events by their text. It reads the log itself, newest first, so everything stored can be
 * found at once and the write path knows nothing of it; one call reads for a second at most and
 * says how far it came.
 */
@Singleton
public final class EventSearch {
  private static final int ROWS = 2_000;
  private static final Duration BUDGET = Duration.ofSeconds(1);

  private final EventReadRepository events;

  EventSearch(EventReadRepository events) {
    this.events = events;
  }

  /** Searches where a stream stands now, for what these eyes see. */
  public SearchResponse search(SearchRequest request, StreamState state, Eyes eyes) {
    UUID stream = UUID.fromString(request.getStreamId());
    SearchWords words = SearchWords.parse(request.getQuery());
    var filter =
        new EventReadRepository.Filter(
            EventKinds.of(request.getKindsList()),
            request.getLevelsList().stream().mapToInt(LogLevel::getNumber).toArray());
    int wanted = Page.size(request.getPageSize());
    long position =
        request.getBeforeSequence() == 0 ? state.lastSequence() + 1 : request.getBeforeSequence();
    var found = SearchResponse.newBuilder();
    long end = System.nanoTime() + BUDGET.toNanos();
    while (position > state.firstSequence() && System.nanoTime() < end) {
      List<StoredEvent> page = events.before(stream, position, filter, ROWS).reversed();
      if (page.isEmpty()) {
        position = state.firstSequence();
        break;
      }
      for (StoredEvent event : page) {
        position = event.sequence();
        if (!words.mayStandIn(event.content())) {
          continue;
        }
        StoredEvent seen = EventProjection.show(stream, event, eyes);
        if (seen != null) {
          var decoded = seen.decode(stream);
          if (words.matches(decoded) && found.addEvents(decoded).getEventsCount() == wanted) {
            return answer(found, position, state);
          }
        }
      }
    }
    return answer(found, position, state);
  }

  private static SearchResponse answer(
      SearchResponse.Builder found, long position, StreamState state) {
    return found.setSearchedTo(position).setHasMore(position > state.firstSequence()).build();
  }
}
