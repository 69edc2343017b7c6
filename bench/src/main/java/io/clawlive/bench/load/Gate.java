package io.clawlive.bench.load;

import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.LogLevel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** An SDK publisher that never has more than a number of events unacknowledged. */
public final class Gate implements AutoCloseable {
  private final Semaphore room;
  private final AtomicLong committed = new AtomicLong();
  private final SessionPublisher publisher;

  /** Opens a publisher into a session. */
  public Gate(ClawLive client, String session, int inFlight) {
    room = new Semaphore(inFlight);
    // Twice the number, so that the limit is this gate and not the SDK's buffer.
    publisher =
        client
            .sessions()
            .publisher(
                session,
                PublisherOptions.defaults()
                    .withBuffer(Math.max(16, 2 * inFlight + 2), 16 << 20)
                    .onCommitted(this::committed));
  }

  private void committed(long number) {
    room.release((int) (number - committed.getAndSet(number)));
  }

  /** Waits for room and publishes. */
  public void publish(String line) {
    room.acquireUninterruptibly();
    publisher.log(LogLevel.LOG_LEVEL_INFO, line);
  }

  /** Events acknowledged so far. */
  public long committed() {
    return committed.get();
  }

  /** Waits for what is on its way and ends the call. */
  @Override
  public void close() {
    publisher.close();
  }
}
