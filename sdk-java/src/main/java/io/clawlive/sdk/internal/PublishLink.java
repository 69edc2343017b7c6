package io.clawlive.sdk.internal;

import io.clawlive.sdk.ConnectionState;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.streams.v1.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

public final class PublishLink {
  public PublishLink(Transport transport, String streamId, PublisherOptions options) {}

  public void connect() {}

  public long publish(Event event) {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<Void> flushed() {
    throw new UnsupportedOperationException();
  }

  public void flush(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  public String producerId() {
    throw new UnsupportedOperationException();
  }

  public long committed() {
    throw new UnsupportedOperationException();
  }

  public long pending() {
    throw new UnsupportedOperationException();
  }

  public long dropped() {
    throw new UnsupportedOperationException();
  }

  public ConnectionState state() {
    throw new UnsupportedOperationException();
  }

  public void close() {}
}
