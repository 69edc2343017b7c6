package io.clawlive.server.platform.redis;

import io.clawlive.server.platform.grpc.Buckets;
import io.clawlive.server.platform.grpc.ClockMeter;
import io.clawlive.server.platform.grpc.LocalBuckets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Buckets in Redis, so that all servers count together; while it is away, this server's own. */
@Singleton
@Primary
@Requires(property = Redis.URL)
final class SharedBuckets implements Buckets {
  /** A full bucket is kept this much longer, in case the servers' clocks differ. */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  private final Redis redis;
  private final LocalBuckets local;
  private final TimeMeter time;
  private final Counter countedLocally;
  private volatile @Nullable ProxyManager<String> proxies;

  SharedBuckets(Redis redis, LocalBuckets local, Clock clock, MeterRegistry meters) {
    this.redis = redis;
    this.local = local;
    this.time = new ClockMeter(clock);
    this.countedLocally = meters.counter("clawlive.rates.local");
  }

  @Override
  public Duration take(Limit limit, String key) {
    try {
      return redis.ask(connection ->
          Duration.ofNanos(
              bucket(connection, limit, key)
                  .tryConsumeAndReturnRemaining(1)
                  .getNanosToWaitForRefill()));
    } catch (RedisAwayException e) {
      countedLocally.increment();
      return local.take(limit, key);
    }
  }

  @Override
  public void giveBack(Limit limit, String key) {
    try {
      redis.ask(connection -> {
        bucket(connection, limit, key).addTokens(1);
        return true;
      });
    } catch (RedisAwayException e) {
      local.giveBack(limit, key);
    }
  }

  private Bucket bucket(
      StatefulRedisConnection<String, byte[]> connection, Limit limit, String key) {
    // The limit is part of the name, so servers of two versions never read each other's buckets.
    String name = Keys.of("rate", limit.count() + " in " + limit.window().toSeconds() + ' ' + key);
    return proxies(connection)
        .builder()
        .build(name, () -> BucketConfiguration.builder().addLimit(limit.bandwidth()).build());
  }

  /** There is one connection and it heals by itself, so this is made once, or twice at worst. */
  private ProxyManager<String> proxies(StatefulRedisConnection<String, byte[]> connection) {
    ProxyManager<String> known = proxies;
    if (known == null) {
      known =
          Bucket4jLettuce.casBasedBuilder(connection)
              .clientClock(time)
              .expirationAfterWrite(
                  ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LEEWAY))
              .build();
      proxies = known;
    }
    return known;
  }
}
