package io.clawlive.server.platform.redis;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Attempts;
import io.clawlive.server.platform.grpc.Refusal;
import io.lettuce.core.ScriptOutputType;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts in Redis, counted by all servers together. Each key has a sorted set of the calls under
 * way and one of the failed ones, by time, and the end of its lock.
 */
@Singleton
@Requires(property = Redis.URL)
final class SharedAttempts implements Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedAttempts.class);

  /** Arguments of both scripts, in this order. */
  private static final String ARGUMENTS =
      """
      local underway, failed, lock = KEYS[1], KEYS[2], KEYS[3]
      local attempt, now = ARGV[1], tonumber(ARGV[2])
      local failures, window, duration = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
      redis.call('ZREMRANGEBYSCORE', underway, '-inf', now - window)
      redis.call('ZREMRANGEBYSCORE', failed, '-inf', now - window)
      """;

  /** Answers 0 for admitted, -1 for crowded, else how many milliseconds the lock still holds. */
  private static final String BEGIN =
      ARGUMENTS
          + """
          local locked = tonumber(redis.call('GET', lock) or '0')
          if locked > now then return locked - now end
          if redis.call('ZCARD', underway) + redis.call('ZCARD', failed) >= failures then
            return -1
          end
          redis.call('ZADD', underway, now, attempt)
          redis.call('PEXPIRE', underway, window)
          return 0
          """;

  private static final String END =
      ARGUMENTS
          + """
          redis.call('ZREM', underway, attempt)
          if ARGV[6] == 'true' then
            redis.call('ZADD', failed, now, attempt)
            redis.call('PEXPIRE', failed, window)
          end
          if redis.call('ZCARD', failed) >= failures then
            redis.call('DEL', failed)
            redis.call('SET', lock, ARGV[7], 'PX', duration)
          end
          return 0
          """;

  private final Redis redis;
  private final Clock clock;

  SharedAttempts(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  @Override
  public Admission begin(Rule rule, String key, String attempt) {
    try {
      long answer = run(BEGIN, rule, key, attempt, false);
      return switch (Long.signum(answer)) {
        case 0 -> new Admission.Admitted();
        case -1 -> new Admission.Crowded();
        default -> new Admission.Locked(Duration.ofMillis(answer));
      };
    } catch (RedisAwayException e) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_LOGIN_UNAVAILABLE,
          "Redis does not answer, so nobody counts failed logins for all servers.");
    }
  }

  @Override
  public void end(Rule rule, String key, String attempt, boolean failed) {
    try {
      run(END, rule, key, attempt, failed);
    } catch (RedisAwayException e) {
      // The call stays under way in Redis and counts like a failed one until its window is over.
      LOG.debug("Redis went away during a call that counts attempts");
    }
  }

  private long run(String script, Rule rule, String key, String attempt, boolean failed)
      throws RedisAwayException {
    // Braces keep the three on one node of a cluster.
    String name = Keys.of("attempts", key).replaceFirst("[^:]+$", "{$0}");
    String[] keys = {name + ":underway", name + ":failed", name + ":lock"};
    long now = clock.millis();
    byte[][] arguments =
        bytes(
            attempt,
            now,
            rule.failures(),
            rule.window().toMillis(),
            rule.duration().toMillis(),
            failed,
            now + rule.duration().toMillis());
    return redis.ask(connection ->
        connection.sync().<Long>eval(script, ScriptOutputType.INTEGER, keys, arguments));
  }

  private static byte[][] bytes(Object... values) {
    return Arrays.stream(values)
        .map(value -> value.toString().getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
