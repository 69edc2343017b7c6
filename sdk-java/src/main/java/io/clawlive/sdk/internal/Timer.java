package io.clawlive.sdk.internal;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The SDK's one timer thread, for waits between tries; a daemon, shared by all clients. */
final class Timer {
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private Timer() {}

  /** Runs a short task later. */
  static ScheduledFuture<?> after(Duration delay, Runnable task) {
    return THREAD.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "clawlive-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
