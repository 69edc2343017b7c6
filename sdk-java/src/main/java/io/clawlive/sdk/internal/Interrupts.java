package io.clawlive.sdk.internal;

import java.util.concurrent.CancellationException;

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

  static CancellationException cancelled(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    CancellationException cancelled =
        new CancellationException("The waiting thread was interrupted.");
    cancelled.initCause(interrupted);
    return cancelled;
  }
}
