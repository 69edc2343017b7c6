package io.clawlive.server.streams;

import io.clawlive.streams.v1.ListRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A page of what a reader may see. What is hidden does not count, so more than a page may be read
 * for one.
 *
 * @param events oldest first
 * @param hasMore whether the stream goes on in the direction of reading
 */
record SeenPage(List<StoredEvent> events, boolean hasMore) {

  static SeenPage read(
      EventReadRepository table, UUID stream, ListRequest request, int size, Eyes eyes) {
    EventKinds kinds = EventKinds.of(request.getKindsList());
    boolean backward = request.hasBeforeSequence();
    long position = backward ? request.getBeforeSequence() : request.getAfterSequence();
    var shown = new ArrayList<StoredEvent>();
    while (true) {
      List<StoredEvent> page = read(table, stream, backward, position, kinds, size - shown.size());
      if (page.isEmpty()) {
        return new SeenPage(shown, false);
      }
      position = backward ? page.getFirst().sequence() : page.getLast().sequence();
      shown.addAll(backward ? 0 : shown.size(), EventProjection.show(stream, page, eyes));
      if (!shown.isEmpty() && (eyes.everything() || shown.size() >= size)) {
        boolean more = !read(table, stream, backward, position, kinds, 1).isEmpty();
        return new SeenPage(shown, more);
      }
    }
  }

  private static List<StoredEvent> read(
      EventReadRepository table,
      UUID stream,
      boolean backward,
      long position,
      EventKinds kinds,
      int limit) {
    return backward
        ? table.before(stream, position, kinds, limit)
        : table.after(stream, position, kinds, limit);
  }
}
