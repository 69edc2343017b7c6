package io.clawlive.bench.load;

/**
 * What a crowd received over a stretch of time.
 *
 * @param count events, each counted once for every watcher
 * @param perSecond the same by the second
 * @param p50Millis from publish to the watcher's hands, median
 * @param p99Millis the same, 99th of a hundred
 * @param maxMillis the same, the worst
 */
public record Deliveries(
    long count, double perSecond, double p50Millis, double p99Millis, double maxMillis) {}
