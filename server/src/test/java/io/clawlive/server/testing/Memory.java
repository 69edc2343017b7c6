package io.clawlive.server.testing;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Bytes in use after a collection.
 *
 * @param heap of this JVM
 * @param buffers of the network, outside the heap
 */
public record Memory(long heap, long buffers) {

  /** Collects and measures. */
  public static Memory used() {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Together.pause(Duration.ofMillis(150));
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return new Memory(heap, PlatformDependent.usedDirectMemory());
  }
}
