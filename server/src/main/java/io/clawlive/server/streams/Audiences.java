package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** How many watch, on this server. */
@Singleton
public final class Audiences {
  private final EventFeeds feeds;

  Audiences(EventFeeds feeds) {
    this.feeds = feeds;
  }

  /** Watchers of a stream at this moment. */
  public int watching(UUID stream) {
    return feeds.watching(stream);
  }

  /** How many look on from outside at this moment, by stream. */
  public Map<UUID, Integer> spectating() {
    return feeds.spectating();
  }

  /** The most watchers each stream had at one moment since the last question. */
  public Map<UUID, Integer> takePeaks() {
    return feeds.takePeaks();
  }
}
