package io.clawlive.server.streams;

/** Calls of another noun that last, and read streams as long as they do. */
public interface LastingCalls {
  /**
   * Ends all of them with a retryable refusal, and refuses new ones, because the server stops. What
   * they have learned and not stored is stored.
   */
  void letGo();
}
