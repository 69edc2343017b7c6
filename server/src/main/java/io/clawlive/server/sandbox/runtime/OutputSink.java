package io.clawlive.server.sandbox.runtime;

/**
 * Takes what a sandbox writes. Called by one thread at a time, in the order in which it was
 * written; a sink that takes its time slows the sandbox down and loses nothing.
 */
public interface OutputSink {
  /** Bytes as they came, cut anywhere. The array belongs to the sink from now on. */
  void output(Channel channel, byte[] bytes);

  /** Nothing follows: it ended, or the runtime was lost. */
  void closed();

  /** Where something was written to. */
  enum Channel {
    /** Standard output, and everything that a terminal shows. */
    STDOUT,
    /** Standard error. */
    STDERR
  }
}
