package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Audience;
import io.clawlive.bench.target.JvmProcess;

/** A server with one publisher, where crowds can gather: ours or a peer's. */
interface Stage extends AutoCloseable {
  /** A crowd of watchers that are served and wait. */
  Audience crowd(int watchers) throws InterruptedException;

  /** Publishes one event that carries this moment. */
  void publish(long nanoTime);

  /** The server's process. */
  JvmProcess jvm();

  @Override
  void close() throws Exception;
}
