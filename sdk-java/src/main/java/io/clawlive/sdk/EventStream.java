package io.clawlive.sdk;

import io.clawlive.live.v1.Session;
import io.clawlive.sdk.internal.Feed;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a session, in order, none twice and none left out, over any number of lost
 * connections and server restarts.
 *
 * <p>Iterate over it for the events alone, over {@link #items()} for events and marks, or take one
 * item at a time with {@link #poll}. All three go through the same stream and advance the same
 * position, so it can be walked once, by one thread at a time. {@link #close} may be called from
 * any thread and ends a waiting iteration as if the stream had ended.
 *
 * <p>Only the first connection must succeed within the client's call timeout; afterwards every
 * failure that time can mend is waited out. What time cannot mend (no such session, a wrong
 * position) is thrown from {@code hasNext}, {@code next} and {@code poll}. A slow reader holds at
 * most about 2 MiB plus two messages in memory; the server keeps its place.
 */
public final class EventStream implements Iterable<StreamEvent>, AutoCloseable {
  private final Feed<?, ?> feed;

  EventStream(Feed<?, ?> feed) {
    this.feed = feed;
  }

  /**
   * Waits for the next item.
   *
   * @param timeout longest wait; zero means take what is there
   * @return empty when the time is over, or when the stream is done (see {@link #isDone})
   */
  public Optional<StreamItem> poll(Duration timeout) {
    return Optional.ofNullable(feed.next(timeout));
  }

  /** Whether nothing will come any more: ended, replayed to the end, or closed. */
  public boolean isDone() {
    return feed.isDone();
  }

  /**
   * Last sequence that was handed out or passed over by the filter; go on from here with {@link
   * WatchOptions#after}.
   */
  public long position() {
    return feed.position();
  }

  /** For a replay, the session as it was when the replay began; empty before the first item. */
  public Optional<Session> session() {
    return feed.session();
  }

  /** The events without the marks. */
  @Override
  public Iterator<StreamEvent> iterator() {
    return new Walk<>(StreamEvent.class);
  }

  /** Events and marks. */
  public Iterable<StreamItem> items() {
    return () -> new Walk<>(StreamItem.class);
  }

  /** Cancels the call. A thread that waits in this stream goes on as if the stream had ended. */
  @Override
  public void close() {
    feed.close();
  }

  private final class Walk<T extends StreamItem> implements Iterator<T> {
    private final Class<T> wanted;
    private @Nullable T ahead;

    Walk(Class<T> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null) {
        StreamItem item = feed.next();
        if (item == null) {
          return false;
        }
        if (wanted.isInstance(item)) {
          ahead = wanted.cast(item);
        }
      }
      return true;
    }

    @Override
    public T next() {
      if (!hasNext() || ahead == null) {
        throw new NoSuchElementException("the stream has ended");
      }
      T item = ahead;
      ahead = null;
      return item;
    }
  }
}
