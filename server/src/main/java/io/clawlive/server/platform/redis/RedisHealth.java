package io.clawlive.server.platform.redis;

import io.clawlive.server.platform.observability.Health;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Whether Redis answers. The server works on without it: rates are counted by each server then. */
@Singleton
@Requires(property = Redis.URL)
final class RedisHealth implements Health.Dependency {
  private final Redis redis;

  RedisHealth(Redis redis) {
    this.redis = redis;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public boolean answers() {
    try {
      return redis.ask(connection -> connection.sync().ping()).equals("PONG");
    } catch (RedisAwayException away) {
      return false;
    }
  }
}
