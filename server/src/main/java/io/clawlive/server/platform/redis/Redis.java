package io.clawlive.server.platform.redis;

import io.clawlive.server.platform.redis.Outage.Turn;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to ask Redis. It comes up by itself when Redis does, at the start and after
 * every outage; nobody ever waits longer than the timeout for an answer.
 */
@Singleton
@Requires(property = Redis.URL)
final class Redis implements AutoCloseable {
  static final String URL = "clawlive.redis.url";

  private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Who only listens would never notice that the machine at the other end is gone. */
  private static final KeepAliveOptions SIGNS_OF_LIFE =
      KeepAliveOptions.builder()
          .enable()
          .idle(Duration.ofSeconds(10))
          .interval(Duration.ofSeconds(5))
          .count(3)
          .build();

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** What is asked of Redis over a connection. */
  interface Question<T> extends Function<StatefulRedisConnection<String, byte[]>, T> {}

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI address;
  private final Duration timeout;
  private final Outage outage;
  private final Thread connecting;
  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;

  Redis(
      @Value("${" + URL + "}") String url,
      @Value("${clawlive.redis.password:}") String password,
      @Value("${clawlive.redis.timeout:250ms}") Duration timeout) {
    address = RedisAddress.of(url).withPassword(password);
    address.setTimeout(PATIENCE_TO_CONNECT);
    this.timeout = timeout;
    outage = new Outage(address.getHost() + ":" + address.getPort());
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.exponential(FIRST_PAUSE, LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
            .build();
    client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(PATIENCE_TO_CONNECT)
                    .keepAlive(SIGNS_OF_LIFE)
                    .build())
            .timeoutOptions(TimeoutOptions.enabled(timeout))
            .build());
    connecting = Thread.ofVirtual().name("redis-connect").start(this::connect);
    awaitFirstTry();
  }

  /**
   * Asks Redis.
   *
   * @throws RedisAwayException when it does not answer in time, or did not a moment ago
   */
  <T> T ask(Question<T> question) throws RedisAwayException {
    Turn turn = outage.turn();
    StatefulRedisConnection<String, byte[]> open = connection;
    if (turn == Turn.LEAVE || open == null) {
      throw new RedisAwayException();
    }
    try {
      T answer = question.apply(open);
      if (turn == Turn.TRY) {
        outage.end();
      }
      return answer;
    } catch (RedisException | CancellationException e) {
      outage.begin(e);
      throw new RedisAwayException();
    }
  }

  /** Number of the database that keys are in. */
  int database() {
    return address.getDatabase();
  }

  /** Opens a connection of its own for hearing messages. It heals and ends as the other one. */
  StatefulRedisPubSubConnection<String, byte[]> connectToListen() {
    return client.connectPubSub(CODEC, address);
  }

  private void connect() {
    Duration pause = FIRST_PAUSE;
    while (connection == null) {
      try {
        StatefulRedisConnection<String, byte[]> open = client.connect(CODEC, address);
        open.setTimeout(timeout);
        connection = open;
      } catch (RedisException e) {
        outage.begin(e);
        try {
          tried.countDown();
          Thread.sleep(pause);
        } catch (InterruptedException closing) {
          return;
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    }
    tried.countDown();
  }

  /** So that the first calls find the connection, where there is a Redis. */
  private void awaitFirstTry() {
    try {
      if (!tried.await(PATIENCE_TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS)) {
        outage.begin(new RedisException("no connection yet"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  @PreDestroy
  public void close() {
    connecting.interrupt();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    Future<?> unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
