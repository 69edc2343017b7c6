package io.clawlive.server.platform.grpc;

import io.clawlive.server.platform.Broom;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Buckets in this server's memory: two servers count apart. */
@Singleton
public final class LocalBuckets implements Buckets {
  /** Buckets of one key and different limits are different buckets. */
  private record Name(Limit limit, String key) {}

  private final ConcurrentHashMap<Name, Bucket> buckets = new ConcurrentHashMap<>();
  private final TimeMeter time;
  private final Broom broom;

  LocalBuckets(Clock clock, MeterRegistry meters) {
    this.time = new ClockMeter(clock);
    this.broom = new Broom(clock);
    meters.gaugeMapSize("clawlive.rates.buckets", Tags.empty(), buckets);
  }

  @Override
  public Duration take(Limit limit, String key) {
    if (broom.isDue()) {
      sweep();
    }
    var nanos = new AtomicLong();
    // Within compute, so that a bucket that is swept away was full to the end.
    buckets.compute(
        new Name(limit, key),
        (name, known) -> {
          Bucket bucket = known == null ? full(limit) : known;
          nanos.set(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
          return bucket;
        });
    return Duration.ofNanos(nanos.get());
  }

  @Override
  public void giveBack(Limit limit, String key) {
    buckets.computeIfPresent(
        new Name(limit, key),
        (name, bucket) -> {
          bucket.addTokens(1);
          return bucket;
        });
  }

  /** Throws away the buckets that are full, which remember nothing. */
  private void sweep() {
    for (Name name : buckets.keySet()) {
      buckets.computeIfPresent(
          name, (n, bucket) -> bucket.getAvailableTokens() < n.limit().count() ? bucket : null);
    }
  }

  private Bucket full(Limit limit) {
    return Bucket.builder().withCustomTimePrecision(time).addLimit(limit.bandwidth()).build();
  }
}
