package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other servers wrote into the feed of a watched stream: read once, however many watch.
 */
@Singleton
final class FeedFiller {
  private static final Logger LOG = LoggerFactory.getLogger(FeedFiller.class);

  /** Who is further behind is better served by pages, each at the reader's own pace. */
  private static final int MAX_EVENTS = 1_000;

  private final Map<EventFeed, Reach> wanted = new ConcurrentHashMap<>();
  private final EventReadRepository events;

  FeedFiller(EventReadRepository events) {
    this.events = events;
  }

  /** Has a feed filled up to here, without waiting for it. */
  void fill(EventFeed feed, Reach to) {
    if (isThere(feed, to)) {
      return;
    }
    wanted.compute(
        feed,
        (f, known) -> {
          if (known == null) {
            Thread.ofVirtual().name("fill").start(() -> work(feed, to));
            return to;
          }
          return known.and(to);
        });
  }

  private void work(EventFeed feed, Reach first) {
    try {
      Reach to = first;
      do {
        to = wanted.getOrDefault(feed, to);
        while (!isThere(feed, to)) {
          read(feed, to);
        }
      } while (!wanted.remove(feed, to));
    } catch (RuntimeException e) {
      // The poll asks for the same again.
      wanted.remove(feed);
      LOG.debug("a watched stream could not be read: {}", e.getMessage());
    }
  }

  private void read(EventFeed feed, Reach to) {
    long from = feed.tail();
    if (to.last() - from > MAX_EVENTS) {
      feed.advanced(to.last(), to.ended());
      return;
    }
    List<StoredEvent> page = events.after(feed.stream(), from, EventKinds.ALL, MAX_EVENTS);
    long last = page.isEmpty() ? to.last() : page.getLast().sequence();
    feed.appended(page, last, to.ended() && last >= to.last());
  }

  private static boolean isThere(EventFeed feed, Reach to) {
    return feed.tail() >= to.last() && (feed.ended() || !to.ended());
  }
}
