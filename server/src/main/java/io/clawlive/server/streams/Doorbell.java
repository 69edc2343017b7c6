package io.clawlive.server.streams;

import io.clawlive.server.platform.redis.Bells;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Tells the other servers at once how far streams reach that were written to here, and hears the
 * same of theirs. It is there when servers have a way to tell, and a ring may get lost: the poll
 * finds what it would have told.
 */
@Singleton
@Requires(beans = Bells.class)
final class Doorbell {
  private static final String TOPIC = "streams";

  /** What moves meanwhile is told together, so a stream rings 200 times a second at most. */
  private static final Duration GATHER = Duration.ofMillis(5);

  /** A stream's id, its last sequence, and 1 when it ended. */
  private static final int RING_BYTES = 2 * Long.BYTES + Long.BYTES + 1;

  private final Bells bells;
  private final Map<UUID, Reach> moved = new ConcurrentHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final Semaphore wake = new Semaphore(0);
  private final Thread ringing = Thread.ofVirtual().name("doorbell").unstarted(this::ring);

  Doorbell(Bells bells) {
    this.bells = bells;
  }

  @PostConstruct
  void start() {
    ringing.start();
  }

  /** Has it told soon, without waiting for anything: this is called after every commit. */
  void moved(UUID stream, Reach to) {
    moved.merge(stream, to, Reach::and);
    if (!due.get() && due.compareAndSet(false, true)) {
      wake.release();
    }
  }

  /** Hears of streams from now on; of this server's own too. The listener must not wait. */
  void listen(BiConsumer<UUID, Reach> listener) {
    bells.listen(
        TOPIC,
        message -> {
          // A message of another length is of another version.
          if (message.length % RING_BYTES == 0) {
            var rings = ByteBuffer.wrap(message);
            while (rings.hasRemaining()) {
              var stream = new UUID(rings.getLong(), rings.getLong());
              listener.accept(stream, new Reach(rings.getLong(), rings.get() == 1));
            }
          }
        });
  }

  private void ring() {
    try {
      while (true) {
        wake.acquire();
        // First this and then the look, so that whoever comes after the look wakes us again.
        due.set(false);
        bells.ring(TOPIC, take());
        Thread.sleep(GATHER);
      }
    } catch (InterruptedException stopping) {
      // What is not told now the others find by themselves.
    }
  }

  private byte[] take() {
    List<UUID> streams = new ArrayList<>(moved.keySet());
    var rings = ByteBuffer.allocate(streams.size() * RING_BYTES);
    for (UUID stream : streams) {
      Reach reach = moved.remove(stream);
      rings
          .putLong(stream.getMostSignificantBits())
          .putLong(stream.getLeastSignificantBits())
          .putLong(reach.last())
          .put((byte) (reach.ended() ? 1 : 0));
    }
    return rings.array();
  }

  @PreDestroy
  void stop() {
    ringing.interrupt();
  }
}
