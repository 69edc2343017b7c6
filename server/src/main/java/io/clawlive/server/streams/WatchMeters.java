package io.clawlive.server.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;

/**
 * What is known of the watchers, read when somebody asks. It binds itself: the framework binds a
 * MeterBinder while it makes the data source, which the feeds need themselves.
 */
@Context
final class WatchMeters {
  WatchMeters(EventFeeds feeds, MeterRegistry registry) {
    FunctionCounter.builder("clawlive.viewers", feeds, EventFeeds::joined)
        .description("Watches begun since the start of the server.")
        .register(registry);
    Gauge.builder("clawlive.watchers", feeds, EventFeeds::watchers)
        .description("Watches open at this moment.")
        .register(registry);
    Gauge.builder("clawlive.streams.watched", feeds, EventFeeds::watched)
        .description("Streams that somebody watches at this moment.")
        .register(registry);
    Gauge.builder("clawlive.watcher.lag", feeds, EventFeeds::lag)
        .description("Events by which the slowest watcher is behind its stream.")
        .baseUnit("events")
        .register(registry);
  }
}
