package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.List;

/** Lets go of everyone who reads or writes a stream, before the server stops. */
@Singleton
public final class StreamsDrain {
  private final Publishers publishers;
  private final EventFeeds feeds;
  private final List<LastingCalls> calls;

  StreamsDrain(Publishers publishers, EventFeeds feeds, List<LastingCalls> calls) {
    this.publishers = publishers;
    this.feeds = feeds;
    this.calls = calls;
  }

  /**
   * Ends every Publish and Watch with a retryable refusal. What a publisher had sent is still
   * committed and acknowledged.
   */
  public void drain() {
    calls.forEach(LastingCalls::letGo);
    publishers.stop();
    feeds.stop();
  }
}
