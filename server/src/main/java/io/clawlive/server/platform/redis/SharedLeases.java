package io.clawlive.server.platform.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clawlive.server.platform.Leases;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Leases in Redis, seen by all servers. Each group is a hash: a field is a holder and a device, its
 * value when the lease ends and what is kept with it.
 *
 * <p>One more key says since when leases are kept without a break. It goes with a Redis that lost
 * its memory, and by itself when no server used it for as long as a lease lasts, so a Redis or a
 * whole house that was gone is told from one where nobody is.
 */
@Singleton
@Requires(property = Redis.URL)
final class SharedLeases implements Leases {
  /** Braces keep the keys of a script on one node of a cluster. */
  private static final String KIND = "{leases}";

  private static final String SINCE = "clawlive:" + KIND + ":since";

  private static final String HOLD =
      """
      redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
      if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[5]) then
        redis.call('PEXPIRE', KEYS[2], ARGV[5])
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return 0
      """;

  /**
   * Answers since when leases are kept, and then fields and values of each group. What has ended is
   * thrown away a minute later: a server whose clock runs ahead takes nothing from the others.
   */
  private static final String HELD =
      """
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      local now, answer = tonumber(ARGV[1]), {redis.call('GET', KEYS[1])}
      for k = 2, #KEYS do
        local all, held = redis.call('HGETALL', KEYS[k]), {}
        for i = 1, #all, 2 do
          local ends = tonumber(string.match(all[i + 1], '^%d+'))
          if ends > now then
            held[#held + 1] = all[i]
            held[#held + 1] = all[i + 1]
          elseif ends + 60000 < now then
            redis.call('HDEL', KEYS[k], all[i])
          end
        end
        answer[k] = held
      end
      return answer
      """;

  /** Groups in one script: others wait for Redis while it runs. */
  private static final int GROUPS = 100;

  private final Redis redis;
  private final Clock clock;
  private final Duration settling;
  private volatile Instant lastAway = Instant.MIN;

  SharedLeases(
      Redis redis, Clock clock, @Value("${clawlive.leases.settling:30s}") Duration settling) {
    this.redis = redis;
    this.clock = clock;
    this.settling = settling;
  }

  @Override
  public void hold(String group, String holder, String device, String value, Duration lease) {
    long ends = clock.millis() + lease.toMillis();
    ask(connection ->
        connection
            .sync()
            .<Long>eval(
                HOLD,
                ScriptOutputType.INTEGER,
                new String[] {SINCE, Keys.of(KIND, group)},
                bytes(clock.millis()),
                bytes(sinceLives()),
                bytes(field(holder, device)),
                bytes(ends + "\n" + value),
                bytes(lease.toMillis())));
  }

  @Override
  public void release(String group, String holder, String device) {
    ask(connection -> connection.sync().hdel(Keys.of(KIND, group), field(holder, device)));
  }

  @Override
  public Optional<Map<String, Map<String, Map<String, String>>>> held(Collection<String> groups) {
    List<String> asked = List.copyOf(groups);
    return ask(connection -> answers(connection, asked))
        .flatMap(
            answers -> known(answers) ? Optional.of(byGroup(asked, answers)) : Optional.empty());
  }

  /** An answer for each so many groups, all on their way at once. */
  private List<List<Object>> answers(
      StatefulRedisConnection<String, byte[]> connection, List<String> asked) {
    var answers = new ArrayList<RedisFuture<List<Object>>>();
    for (int from = 0; from < asked.size(); from += GROUPS) {
      var keys = new ArrayList<>(List.of(SINCE));
      asked
          .subList(from, Math.min(asked.size(), from + GROUPS))
          .forEach(group -> keys.add(Keys.of(KIND, group)));
      answers.add(
          connection
              .async()
              .eval(
                  HELD,
                  ScriptOutputType.MULTI,
                  keys.toArray(String[]::new),
                  bytes(clock.millis()),
                  bytes(sinceLives())));
    }
    return answers.stream()
        .map(answer ->
            LettuceFutures.awaitOrCancel(
                answer, connection.getTimeout().toMillis(), TimeUnit.MILLISECONDS))
        .toList();
  }

  /** Whether everybody had the time to come back, to Redis and to this server. */
  private boolean known(List<List<Object>> answers) {
    Instant back = clock.instant().minus(settling);
    return !lastAway.isAfter(back)
        && answers.stream()
            .map(answer -> Instant.ofEpochMilli(Long.parseLong(text(answer.getFirst()))))
            .noneMatch(since -> since.isAfter(back));
  }

  private static Map<String, Map<String, Map<String, String>>> byGroup(
      List<String> asked, List<List<Object>> answers) {
    var byGroup = new HashMap<String, Map<String, Map<String, String>>>();
    Iterator<String> group = asked.iterator();
    for (List<Object> answer : answers) {
      for (Object leases : answer.subList(1, answer.size())) {
        Map<String, Map<String, String>> holders = byHolder((List<?>) leases);
        String name = group.next();
        if (!holders.isEmpty()) {
          byGroup.put(name, holders);
        }
      }
    }
    return byGroup;
  }

  private static Map<String, Map<String, String>> byHolder(List<?> leases) {
    var byHolder = new HashMap<String, Map<String, String>>();
    for (int i = 0; i < leases.size(); i += 2) {
      String[] field = text(leases.get(i)).split("\n", 2);
      String[] lease = text(leases.get(i + 1)).split("\n", 2);
      byHolder.computeIfAbsent(field[0], holder -> new HashMap<>()).put(field[1], lease[1]);
    }
    return byHolder;
  }

  private <T> Optional<T> ask(Redis.Question<T> question) {
    try {
      return Optional.of(redis.ask(question));
    } catch (RedisAwayException e) {
      lastAway = clock.instant();
      return Optional.empty();
    }
  }

  /** Longer than any lease, and never nothing, which Redis does not take. */
  private long sinceLives() {
    return settling.plusSeconds(1).toMillis();
  }

  private static String field(String holder, String device) {
    return holder + '\n' + device;
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(UTF_8);
  }

  private static String text(Object value) {
    return new String((byte[]) value, UTF_8);
  }
}
