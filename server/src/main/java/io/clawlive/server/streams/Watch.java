package io.clawlive.server.streams;

/** A watcher as whoever opened it holds it. */
public interface Watch extends AutoCloseable {
  /** Everything up to here was sent, or is nothing the watcher asked for; 0 before it began. */
  long position();

  /** Called when the sink can take more. */
  void onReady();

  /** Ends it; nothing is sent any more. */
  @Override
  void close();
}
