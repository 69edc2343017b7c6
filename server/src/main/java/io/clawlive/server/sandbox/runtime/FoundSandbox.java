package io.clawlive.server.sandbox.runtime;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime has of a sandbox.
 *
 * @param phase what it does
 * @param exitCode how its program ended, 128 + signal when it was killed; null while it runs or
 *     before it has
 * @param outOfMemory whether it was killed because it needed too much memory
 * @param startedAt null before its first start
 */
public record FoundSandbox(
    UUID sandbox,
    Phase phase,
    @Nullable Integer exitCode,
    boolean outOfMemory,
    @Nullable Instant startedAt) {

  /** What it does. */
  public enum Phase {
    /** Made, and never started. */
    CREATED,
    /** It runs. */
    RUNNING,
    /** It runs and is held still. */
    PAUSED,
    /** Its program has ended. */
    ENDED
  }
}
