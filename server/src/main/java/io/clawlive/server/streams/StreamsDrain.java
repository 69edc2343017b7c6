package io.clawlive.server.streams;

import jakarta.inject.Singleton;

/** Lets go of everyone who reads or writes a stream, before the server stops. */
@Singleton
public final class StreamsDrain {
  private final Publishers publishers;
  private final EventFeeds feeds;

  StreamsDrain(Publishers publishers, EventFeeds feeds) {
    this.publishers = publishers;
    this.feeds = feeds;
  }

  /**
   * Ends every Publish and Watch with a retryable refusal. What a publisher had sent is still
   * committed and acknowledged.
   */
  public void drain() {
    publishers.stop();
    feeds.stop();
  }
}
