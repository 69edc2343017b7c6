package io.clawlive.server.sandbox.runtime;

/** Takes what a process writes, as {@link OutputSink} does, and how it ended. */
public interface ProcessSink {
  /** Bytes as they came, cut anywhere. The array belongs to the sink from now on. */
  void output(OutputSink.Channel channel, byte[] bytes);

  /**
   * It has ended, and everything it wrote was told.
   *
   * @param code what it returned, 128 + signal when it was killed
   */
  void ended(int code);

  /** The sandbox or the runtime went away under it. */
  void lost(String why);
}
