package io.clawlive.sdk.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for a caller's handlers, which may wait: virtual ones where the running JDK has them,
 * else a pool that grows as needed. All are daemons.
 */
final class HandlerThreads {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Executor SHARED = make();

  private HandlerThreads() {}

  static Executor shared() {
    return SHARED;
  }

  // The SDK is compiled for Java 17, which knows no virtual threads; so they are reached by name.
  private static Executor make() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException older) {
      return Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clawlive-handler-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
      });
    }
  }
}
