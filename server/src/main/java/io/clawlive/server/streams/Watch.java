package io.clawlive.server.streams;

/** A watcher as whoever opened it holds it. */
public interface Watch extends AutoCloseable {
  /** Called when the sink can take more. */
  void onReady();

  /** Ends it; nothing is sent any more. */
  @Override
  void close();
}
