package io.clawlive.server.streams;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feeds of the streams that somebody watches here. An unwatched stream costs nothing. */
@Singleton
final class EventFeeds {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeeds.class);

  private final Map<UUID, EventFeed> feeds = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> peaks = new ConcurrentHashMap<>();
  private final StreamsConfiguration configuration;
  private final EventReadRepository events;
  private final FeedFiller filler;
  private final Optional<Doorbell> doorbell;
  private final LongAdder joins = new LongAdder();
  private final AtomicInteger everybody = new AtomicInteger();
  private volatile boolean stopping;

  EventFeeds(
      StreamsConfiguration configuration,
      EventReadRepository events,
      FeedFiller filler,
      Optional<Doorbell> doorbell) {
    this.configuration = configuration;
    this.events = events;
    this.filler = filler;
    this.doorbell = doorbell;
  }

  @PostConstruct
  void listen() {
    doorbell.ifPresent(bell -> bell.listen(this::reaches));
  }

  /** Adds a watcher to the feed of its stream. */
  Watcher join(UUID stream, WatcherFactory factory) {
    if (stopping) {
      throw StreamErrors.stopping();
    }
    Watcher[] joined = new Watcher[1];
    feeds.compute(
        stream,
        (id, present) -> {
          EventFeed feed =
              present == null ? new EventFeed(id, configuration, everybody::get) : present;
          joined[0] = factory.create(feed);
          feed.watchers().add(joined[0]);
          everybody.incrementAndGet();
          peaks.merge(id, feed.watchers().size(), Math::max);
          return feed;
        });
    joins.increment();
    joined[0].start();
    return joined[0];
  }

  /** Every watcher. */
  List<Watcher> all() {
    return feeds.values().stream().flatMap(feed -> feed.watchers().stream()).toList();
  }

  /** Makes a watcher of a feed. */
  interface WatcherFactory {
    Watcher create(EventFeed feed);
  }

  void leave(Watcher watcher) {
    feeds.computeIfPresent(
        watcher.stream(),
        (id, feed) -> {
          if (feed.watchers().remove(watcher)) {
            everybody.decrementAndGet();
          }
          return feed.watchers().isEmpty() ? null : feed;
        });
  }

  /** Called by the writer after a commit. */
  void appended(UUID stream, List<StoredEvent> added, long last, boolean end) {
    EventFeed feed = feeds.get(stream);
    if (feed != null) {
      feed.appended(added, last, end);
    }
    doorbell.ifPresent(bell -> bell.moved(stream, new Reach(last, end)));
  }

  /** Takes the news that a stream reaches further, perhaps by what another server wrote. */
  private void reaches(UUID stream, Reach to) {
    EventFeed feed = feeds.get(stream);
    if (feed != null) {
      filler.fill(feed, to);
    }
  }

  /** Watches begun so far. */
  long joined() {
    return joins.sum();
  }

  /** Watches open now. */
  int watchers() {
    return everybody.get();
  }

  /** Streams watched now. */
  int watched() {
    return feeds.size();
  }

  /** Events by which the slowest watcher is behind its stream. */
  long lag() {
    return feeds.values().stream()
        .flatMapToLong(feed -> feed.watchers().stream().mapToLong(Watcher::lag))
        .max()
        .orElse(0);
  }

  int watching(UUID stream) {
    EventFeed feed = feeds.get(stream);
    return feed == null ? 0 : feed.watchers().size();
  }

  /** How many look on from outside, by stream; streams that nobody looks on are left out. */
  Map<UUID, Integer> spectating() {
    Map<UUID, Integer> spectating = new HashMap<>();
    feeds.forEach((stream, feed) -> {
      int outside = (int) feed.watchers().stream().filter(w -> !w.eyes().inside()).count();
      if (outside > 0) {
        spectating.put(stream, outside);
      }
    });
    return spectating;
  }

  /** The highest number of watchers of each stream since the last question. */
  Map<UUID, Integer> takePeaks() {
    Map<UUID, Integer> taken = Map.copyOf(peaks);
    taken.forEach(
        (stream, peak) -> peaks.computeIfPresent(stream, (id, now) -> now <= peak ? null : now));
    return taken;
  }

  /** Finds what other servers wrote, in one query for all watched streams. */
  @Scheduled(
      fixedDelay = "${clawlive.streams.poll-interval:500ms}",
      initialDelay = "${clawlive.streams.poll-interval:500ms}")
  void poll() {
    Collection<UUID> watched = List.copyOf(feeds.keySet());
    if (watched.isEmpty() || stopping) {
      return;
    }
    try {
      events
          .states(watched)
          .forEach(
              (stream, state) -> reaches(stream, new Reach(state.lastSequence(), state.ended())));
    } catch (RuntimeException e) {
      LOG.warn("watched streams could not be compared with the table: {}", e.getMessage());
    }
  }

  /** Gives quiet watchers a sign of life. */
  @Scheduled(fixedDelay = "1s", initialDelay = "1s")
  void checkpoint() {
    long quietSince = System.nanoTime() - configuration.checkpointInterval().toNanos();
    feeds
        .values()
        .forEach(feed -> feed.watchers().forEach(watcher -> watcher.checkpoint(quietSince)));
  }

  /** Sends every watcher away, to come back when a server is there again. */
  void stop() {
    stopping = true;
    feeds.values().forEach(feed -> feed.watchers().forEach(w -> w.fail(StreamErrors.stopping())));
  }
}
