package io.clawlive.bench.load;

/** Watchers of one stream who count what they receive and notice a hole. */
public interface Audience extends AutoCloseable {
  /** How many watch. */
  int size();

  /** Events received so far, each counted once for every watcher. */
  long delivered();

  /** What came since the last call of this method. */
  Deliveries take();

  /** Fails when a watcher lost its call or saw a hole. */
  void requireWhole();

  @Override
  void close() throws InterruptedException;
}
