package io.clawlive.server.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Threads for work that may take long and must not be felt: they get what processor time the others
 * leave. Java's own thread priorities do nothing on Linux, so this asks the kernel.
 */
public final class Background {
  // sys/resource.h: a thread of its own, the calling one, the least urgent there is.
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int LEAST = 19;

  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

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
    SET_PRIORITY.ifPresent(set -> {
      try {
        // Everybody may make themselves less urgent; where it fails the thread is only as others
        // are.
        int unused = (int) set.invokeExact(PRIO_PROCESS, CALLING_THREAD, LEAST);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** On other systems the calling thread cannot be told apart from its process. */
  private static Optional<MethodHandle> setPriority() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT)));
  }
}
