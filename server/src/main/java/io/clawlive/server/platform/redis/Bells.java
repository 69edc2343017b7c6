package io.clawlive.server.platform.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages to all servers of one Redis, this one included. A message is lost when Redis is
 * away, or when the connection to it breaks at that moment: only what is found out otherwise too,
 * and later, may be told this way.
 */
@Singleton
@Requires(property = Redis.URL)
public final class Bells implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bells.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Redis redis;
  private final CopyOnWriteArrayList<Thread> subscribing = new CopyOnWriteArrayList<>();
  private volatile boolean forbidden;

  Bells(Redis redis) {
    this.redis = redis;
  }

  /** Tells all who listen. Waits until Redis took it; does nothing while Redis is away. */
  public void ring(String topic, byte[] message) {
    String channel = Keys.channel(topic, redis.database());
    try {
      redis.ask(connection -> {
        try {
          return connection.sync().publish(channel, message);
        } catch (RedisCommandExecutionException e) {
          // It answered, so this is no outage: the others' questions may well be allowed.
          refused(e);
          return 0L;
        }
      });
    } catch (RedisAwayException e) {
      LOG.trace("a bell was not rung: Redis is away");
    }
  }

  /**
   * Hears what is told from some time soon on, and again after each outage.
   *
   * @param listener is called on a thread of the connection, and must not wait for anything
   */
  public void listen(String topic, Consumer<byte[]> listener) {
    var adapter =
        new RedisPubSubAdapter<String, byte[]>() {
          @Override
          public void message(String channel, byte[] message) {
            listener.accept(message);
          }
        };
    String channel = Keys.channel(topic, redis.database());
    subscribing.add(
        Thread.ofVirtual()
            .name("redis-subscribe")
            .start(() -> {
              while (!subscribe(channel, adapter)) {
                try {
                  Thread.sleep(PAUSE);
                } catch (InterruptedException closing) {
                  return;
                }
              }
            }));
  }

  /** Whether it worked; from then on the connection subscribes again by itself. */
  private boolean subscribe(String channel, RedisPubSubAdapter<String, byte[]> adapter) {
    try {
      var connection = redis.connectToListen();
      try {
        connection.addListener(adapter);
        connection.sync().subscribe(channel);
        return true;
      } catch (RedisException e) {
        connection.close();
        throw e;
      }
    } catch (RedisCommandExecutionException e) {
      refused(e);
      return false;
    } catch (RedisException | IllegalStateException e) {
      // The second is what a client says that is being shut down; close() ends this thread then.
      LOG.debug("cannot listen to Redis yet: {}", e.getMessage());
      return false;
    }
  }

  private synchronized void refused(RedisCommandExecutionException why) {
    if (!forbidden) {
      forbidden = true;
      LOG.warn(
          "Redis refuses to pass messages on ({}), so servers hear of each other later.",
          why.getMessage());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    subscribing.forEach(Thread::interrupt);
  }
}
