package io.clawlive.bench.faults;

/** Publishes numbered lines, come what may. */
interface Writer extends AutoCloseable {
  String name();

  /** Publishes the next line; may wait. */
  void write();

  /** Highest number that the server has acknowledged. */
  long acknowledged();

  /** Delivers what is left and ends. */
  @Override
  void close() throws Exception;
}
