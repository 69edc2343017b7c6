package io.clawlive.server.platform.grpc;

import java.time.Duration;

/**
 * Remembers the calls by which somebody may be guessing, by key. A call under way counts until its
 * end is known, so calls at the same moment cannot guess more often than calls in turn.
 */
public interface Attempts {
  /**
   * When guessing is stopped.
   *
   * @param failures failed calls within {@code window} that start a lock, 1 or more
   * @param duration of the lock
   */
  record Rule(int failures, Duration window, Duration duration) {}

  /** Whether a call may go on. */
  sealed interface Admission {
    /** It may, and its end must be told. */
    record Admitted() implements Admission {}

    /** Not now: if all calls under way failed, this one would be one too many. */
    record Crowded() implements Admission {}

    /** Not before the lock ends. */
    record Locked(Duration remaining) implements Admission {}
  }

  /**
   * Asks for a call to begin.
   *
   * @param attempt name of this call, different from those of all others
   * @throws Refusal when nobody can count at the moment
   */
  Admission begin(Rule rule, String key, String attempt);

  /** Tells the end of a call that was admitted. Does nothing when nobody can count. */
  void end(Rule rule, String key, String attempt, boolean failed);
}
