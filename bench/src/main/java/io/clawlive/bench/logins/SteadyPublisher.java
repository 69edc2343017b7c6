package io.clawlive.bench.logins;

import io.clawlive.bench.load.EventText;
import io.clawlive.bench.target.Account;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Publishes 200 events a second, whatever happens, and notes when each was acknowledged. */
final class SteadyPublisher implements AutoCloseable {
  private static final long EVERY_NANOS = 5_000_000;

  /** An event and the moment it was due. */
  private record Sent(long number, long due) {}

  private final EventText text = new EventText();
  private final ConcurrentLinkedQueue<Sent> underway = new ConcurrentLinkedQueue<>();
  private final ClawLive client;
  private final SessionPublisher publisher;
  private volatile Histogram times = histogram();
  private long number;

  SteadyPublisher(Account account) {
    client = account.connect();
    publisher =
        client
            .sessions()
            .publisher(
                account.newSession(client),
                PublisherOptions.defaults().onCommitted(this::committed));
  }

  private static Histogram histogram() {
    return new Histogram(60_000_000, 3);
  }

  private void committed(long upTo) {
    long now = System.nanoTime();
    for (Sent head = underway.peek();
        head != null && head.number() <= upTo;
        head = underway.peek()) {
      times.recordValue((now - head.due()) / 1_000);
      underway.poll();
    }
  }

  /** Publishes until it is over or the time is; gives the microseconds of each acknowledgement. */
  Histogram measure(BooleanSupplier over, double seconds) {
    var measured = histogram();
    times = measured;
    long begin = System.nanoTime();
    for (long i = 0; !over.getAsBoolean() && i * EVERY_NANOS / 1e9 < seconds; i++) {
      long due = begin + i * EVERY_NANOS;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      underway.add(new Sent(++number, due));
      publisher.log(text.line(due));
    }
    while (!underway.isEmpty()) {
      LockSupport.parkNanos(EVERY_NANOS);
    }
    return measured;
  }

  @Override
  public void close() {
    publisher.close();
    client.close();
  }
}
