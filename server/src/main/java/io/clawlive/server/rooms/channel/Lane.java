package io.clawlive.server.rooms.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing after the other, in the order they were given, on a virtual thread that is there
 * only while there is something to do.
 */
final class Lane {
  private final Consumer<RuntimeException> onFailure;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * An empty lane.
   *
   * @param onFailure hears of what failed; what follows is done all the same
   */
  Lane(Consumer<RuntimeException> onFailure) {
    this.onFailure = onFailure;
  }

  void run(Runnable step) {
    synchronized (waiting) {
      waiting.add(step);
      if (running) {
        return;
      }
      running = true;
    }
    Thread.ofVirtual().name("agent channel").start(this::work);
  }

  private void work() {
    for (Runnable step = next(); step != null; step = next()) {
      try {
        step.run();
      } catch (RuntimeException e) {
        onFailure.accept(e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable step = waiting.poll();
      running = step != null;
      return step;
    }
  }
}
