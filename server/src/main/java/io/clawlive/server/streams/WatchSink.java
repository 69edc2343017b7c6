package io.clawlive.server.streams;

/**
 * Where what a watcher sees goes. Called by one thread at a time for one watcher; several watchers
 * may share what lies behind.
 */
public interface WatchSink {
  /**
   * Whether it takes more without keeping it in memory. When it does again, call {@link
   * Watch#onReady}.
   */
  boolean isReady();

  /** Takes events, encoded as field 1 of a message. */
  void events(byte[] message);

  /** Everything that was stored when it was asked for has been sent. */
  void caughtUp(long sequence);

  /** Nothing at or below this will come any more. */
  void checkpoint(long sequence);

  /** Retention removed these before they could be sent. */
  void gap(long firstSequence, long lastSequence);

  /** The stream has ended and everything was sent; nothing follows. */
  void ended(long sequence);

  /** Nothing follows. */
  void complete();

  /** Something went wrong; nothing follows. */
  void fail(RuntimeException reason);
}
