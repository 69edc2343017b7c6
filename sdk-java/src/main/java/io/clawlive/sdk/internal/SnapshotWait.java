package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.UnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a snapshot, and tells why it will not be there. */
public final class SnapshotWait {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private SnapshotWait() {}

  /** Looks at it, less and less often, until it is ready or will not be. */
  public static Snapshot ready(String id, Duration timeout, Supplier<Snapshot> look) {
    long end = System.nanoTime() + timeout.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Snapshot now = look.get();
      switch (now.getState()) {
        case SNAPSHOT_STATE_READY -> {
          return now;
        }
        case SNAPSHOT_STATE_FAILED ->
            throw new FailedPreconditionException(
                ErrorDetail.of(
                    "SNAPSHOT_FAILED",
                    "The snapshot %s failed: %s".formatted(id, now.getMessage()),
                    false),
                null);
        case SNAPSHOT_STATE_CREATING, SNAPSHOT_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
      }
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        throw new UnavailableException(
            ErrorDetail.of(
                "TIMEOUT",
                "The snapshot %s was not ready within %d ms.".formatted(id, timeout.toMillis()),
                true),
            null);
      }
      Interrupts.pause(pause.compareTo(left) < 0 ? pause : left);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }
}
