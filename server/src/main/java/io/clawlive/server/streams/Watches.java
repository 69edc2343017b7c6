package io.clawlive.server.streams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens watchers, and ends those whose eyes are not what they were when they were opened. */
@Singleton
public final class Watches {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final EventFeeds feeds;
  private final EventReadRepository events;
  private final StreamStates states;
  private final StreamEyes eyes;

  Watches(EventFeeds feeds, EventReadRepository events, StreamStates states, StreamEyes eyes) {
    this.feeds = feeds;
    this.events = events;
    this.states = states;
    this.eyes = eyes;
  }

  /**
   * Begins to send what a stream holds after a sequence, then what is appended.
   *
   * @param kinds payload kinds, by name; none means all
   */
  public Watch open(UUID stream, long after, List<String> kinds, Caller caller, WatchSink sink) {
    return open(new WatchPlan(stream, after, -1, EventKinds.of(kinds), false, caller), sink);
  }

  /**
   * Refuses names of payload kinds that this server does not know.
   *
   * @throws Refusal with KIND_UNKNOWN
   */
  public static void requireKnown(List<String> kinds) {
    EventKinds unused = EventKinds.of(kinds);
  }

  Watch open(WatchPlan plan, WatchSink sink) {
    Eyes seen = eyes.of(plan.stream(), plan.caller());
    return feeds.join(
        plan.stream(), feed -> new Watcher(feed, plan, seen, sink, events, states, feeds::leave));
  }

  /** Somebody came in, left or has another role since; where they stand they see something else. */
  @Scheduled(
      fixedDelay = "${clawlive.identity.recheck-interval:2s}",
      initialDelay = "${clawlive.identity.recheck-interval:2s}")
  void check() {
    for (Watcher watcher : feeds.all()) {
      if (watcher.eyes().everything()) {
        continue;
      }
      try {
        if (!eyes.of(watcher.stream(), watcher.caller()).equals(watcher.eyes())) {
          watcher.fail(
              Refusal.of(
                  ErrorReason.ERROR_REASON_AUDIENCE_CHANGED,
                  "You may see something else here now; watch again from the last sequence."));
        }
      } catch (Refusal hidden) {
        watcher.fail(hidden);
      } catch (RuntimeException e) {
        LOG.warn("watchers could not be compared with the rooms: {}", e.getMessage());
        return;
      }
    }
  }
}
