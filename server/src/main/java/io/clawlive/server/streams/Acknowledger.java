package io.clawlive.server.streams;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells publishers what was committed, in the order of the commits. While more waits to be written
 * the lane leaves the telling to a thread of its own, because waking the network costs as much as a
 * part of a commit; a lone event is answered at once.
 */
final class Acknowledger implements AutoCloseable {
  private final ExecutorService thread;
  private final AtomicInteger untold = new AtomicInteger();

  Acknowledger(String lane) {
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name(lane + "-answers").daemon().factory());
  }

  /**
   * Completes these answers.
   *
   * @param idle true when the lane has nothing else to do
   */
  void answer(List<WriteDraft.Answer> answers, boolean idle) {
    if (idle && untold.get() == 0) {
      answers.forEach(Acknowledger::complete);
      return;
    }
    untold.incrementAndGet();
    thread.execute(() -> {
      try {
        answers.forEach(Acknowledger::complete);
      } finally {
        untold.decrementAndGet();
      }
    });
  }

  private static void complete(WriteDraft.Answer answer) {
    answer.batch().done().complete(answer.appended());
  }

  /** Tells what is left to tell. */
  @Override
  public void close() {
    thread.close();
  }
}
