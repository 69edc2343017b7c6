package io.clawlive.server.streams;

import java.util.List;

/**
 * How many events the next page asks for: as many as fill a page at the size of the last ones, so
 * that small events travel in large pages and few large ones are read in vain.
 */
final class PageLimit {
  private static final int FIRST = 100;
  private static final int MOST = 1_000;

  private int events = FIRST;

  int events() {
    return events;
  }

  /** Adjusts the limit to the events of a page. */
  void learn(List<StoredEvent> page) {
    int bytes = page.stream().mapToInt(event -> event.content().length).sum();
    if (bytes > 0) {
      long fitting = (long) EventReadRepository.PAGE_BYTES * page.size() / bytes;
      events = (int) Math.clamp(fitting, 1, MOST);
    }
  }
}
