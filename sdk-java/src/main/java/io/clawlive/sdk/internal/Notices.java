package io.clawlive.sdk.internal;

import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a caller's listeners, one at a time and in order, and never while a lock is held: they
 * are queued under the lock and run after it.
 */
final class Notices {
  private static final System.Logger LOG = System.getLogger(Notices.class.getName());

  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile @Nullable Thread runner;

  void add(Runnable notice) {
    waiting.add(notice);
  }

  /** Whether the calling thread is inside a listener. */
  boolean isRunning() {
    return runner == Thread.currentThread();
  }

  /** Runs what waits, unless another thread does so already; that one then runs it too. */
  void run() {
    if (waiting.isEmpty() || rounds.getAndIncrement() != 0) {
      return;
    }
    runner = Thread.currentThread();
    int seen = 1;
    do {
      for (Runnable notice = waiting.poll(); notice != null; notice = waiting.poll()) {
        call(notice);
      }
      if (rounds.get() == seen) {
        runner = null;
      }
      seen = rounds.addAndGet(-seen);
    } while (seen != 0);
  }

  private static void call(Runnable notice) {
    try {
      notice.run();
    } catch (RuntimeException failed) {
      LOG.log(Level.WARNING, "a listener of the Claw Live client failed", failed);
    }
  }
}
