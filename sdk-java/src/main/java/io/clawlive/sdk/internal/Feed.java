package io.clawlive.sdk.internal;

import io.clawlive.live.v1.Session;
import io.clawlive.sdk.StreamItem;
import io.clawlive.sdk.WatchOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class Feed<Q, A> {
  public Feed(Transport transport, Source<Q, A> source, WatchOptions options) {}

  public @Nullable StreamItem next() {
    throw new UnsupportedOperationException();
  }

  public @Nullable StreamItem next(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  public boolean isDone() {
    throw new UnsupportedOperationException();
  }

  public long position() {
    throw new UnsupportedOperationException();
  }

  public Optional<Session> session() {
    throw new UnsupportedOperationException();
  }

  public void close() {}
}
