package io.clawlive.server.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Threads for work that may take long and must not be felt: they get what processor time the others
 * leave. Java's own thread priorities do nothing on Linux, so this asks the kernel.
 *
 * <p>Only for work that is done by machine code: the garbage collector waits for every thread that
 * runs Java, and on a busy machine it would wait long for one of these.
 */
public final class Background {
  // sched.h: work that runs when nothing else wants to.
  private static final int CALLING_THREAD = 0;
  private static final int SCHED_IDLE = 5;

  /** struct sched_param with priority 0, the only one this policy has. */
  private static final MemorySegment NO_PRIORITY = Arena.global().allocate(ValueLayout.JAVA_INT);

  private static final Optional<MethodHandle> SET_SCHEDULER = setScheduler();

  private Background() {}

  /** Makes daemon threads with this name and a number, the least urgent of the machine. */
  public static ThreadFactory threads(String name) {
    ThreadFactory plain =
        Thread.ofPlatform().name(name, 0).daemon().priority(Thread.MIN_PRIORITY).factory();
    return work ->
        plain.newThread(() -> {
          yieldToOthers();
          work.run();
        });
  }

  private static void yieldToOthers() {
    SET_SCHEDULER.ifPresent(set -> {
      try {
        // Everybody may make themselves less urgent; where it fails the thread is only as others
        // are.
        int unused = (int) set.invokeExact(CALLING_THREAD, SCHED_IDLE, NO_PRIORITY);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** On other systems the calling thread cannot be told apart from its process. */
  private static Optional<MethodHandle> setScheduler() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("sched_setscheduler")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS)));
  }
}
