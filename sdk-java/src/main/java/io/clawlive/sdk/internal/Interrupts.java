package io.clawlive.sdk.internal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Waits that turn an interrupt into {@link CancellationException} and keep the thread's flag. */
final class Interrupts {
  private Interrupts() {}

  /** A wait that an interrupt ends. */
  interface Wait<T> {
    T run() throws InterruptedException;
  }

  static <T> T during(Wait<T> wait) {
    try {
      return wait.run();
    } catch (InterruptedException interrupted) {
      throw cancelled(interrupted);
    }
  }

  /** Does nothing for a while. */
  static void pause(Duration pause) {
    var unused =
        during(() -> {
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          return true;
        });
  }

  static CancellationException cancelled(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    CancellationException cancelled =
        new CancellationException("The waiting thread was interrupted.");
    cancelled.initCause(interrupted);
    return cancelled;
  }
}
