package io.clawlive.sdk;

import io.clawlive.sdk.internal.Reports;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a sandbox, as it comes: first how it is, then every change. A lost connection is
 * made again and begins with how it is then, so what was so only in between may be missed; {@link
 * Sandbox#output} misses nothing.
 *
 * <p>It can be walked once, by one thread at a time; {@link #close} may be called from any thread
 * and ends a waiting iteration. What time cannot mend is thrown from {@code hasNext}, {@code next}
 * and {@code poll}.
 *
 * @param <T> the contract's sandbox, its stats, or changes of its files
 */
public final class SandboxWatch<T> implements Iterable<T>, AutoCloseable {
  private static final Duration LONG = Duration.ofDays(36_500);

  private final Next<T> next;
  private final Reports<?, ?> reports;

  private interface Next<T> {
    @Nullable T within(Duration timeout);
  }

  <A> SandboxWatch(Reports<?, A> reports, Function<A, T> view) {
    this.reports = reports;
    this.next =
        timeout -> {
          A answer = reports.next(timeout);
          return answer == null ? null : view.apply(answer);
        };
  }

  /**
   * Waits for what comes next.
   *
   * @param timeout longest wait; zero means take what is there
   * @return empty when the time is over, or when nothing more comes (see {@link #isDone})
   */
  public Optional<T> poll(Duration timeout) {
    return Optional.ofNullable(next.within(timeout));
  }

  /** Whether nothing will come any more. */
  public boolean isDone() {
    return reports.isDone();
  }

  @Override
  public Iterator<T> iterator() {
    return new Walk();
  }

  /** Cancels the call. */
  @Override
  public void close() {
    reports.close();
  }

  private final class Walk implements Iterator<T> {
    private @Nullable T ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        ahead = next.within(LONG);
      }
      return ahead != null;
    }

    @Override
    public T next() {
      if (!hasNext() || ahead == null) {
        throw new NoSuchElementException("nothing more is told");
      }
      T told = ahead;
      ahead = null;
      return told;
    }
  }
}
