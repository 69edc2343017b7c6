package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Memory;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who stops reading costs the server nothing that grows, and misses nothing. */
final class SlowWatcherTest {
  private static final int SLOW = 20;
  private static final int EARLY = 10_000;
  private static final int ALL = 50_000;

  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("slow");

  @Test
  void watchersThatStopReadingCostNoGrowingMemoryAndLaterGetEverything() {
    String stream = worker.stream();
    ManagedChannel slowLine = server.channelOf(64 << 10);
    var slowViewer = new Client(slowLine, null);
    var fast = CompletableFuture.supplyAsync(() -> countUntilEnd(server.nobody().watch(stream)));
    var slow = new ArrayList<>(watching(slowViewer, stream));
    try (Publishing call = worker.publish(stream, "p")) {
      slow.forEach(watch -> watch.until(MarkCase.CAUGHT_UP));
      call.publishAll(1, EARLY, SlowWatcherTest::event);
      // These have a backlog to read from the table, and do not begin.
      slow.addAll(watching(slowViewer, stream));

      Memory early = Memory.used();
      call.publishAll(EARLY + 1, ALL, SlowWatcherTest::event);
      Memory late = Memory.used();

      // What was written in between is about 12 MB, were it kept but once and not for each watcher.
      long heap = (late.heap() - early.heap()) >> 20;
      assertTrue(heap < 6, () -> "the heap has grown by " + heap + " MiB");
      long buffers = (late.buffers() - early.buffers()) >> 20;
      assertTrue(buffers < 24, () -> "the network's buffers have grown by " + buffers + " MiB");
      worker.end(stream);
      assertEquals(ALL + 2, fast.join(), "the one who reads was not held up");

      var readers = new ArrayList<Callable<Long>>();
      slow.forEach(watch -> readers.add(() -> countUntilEnd(watch)));
      Together.run(readers).forEach(last -> assertEquals(ALL + 2, last));
    } finally {
      slowLine.shutdownNow();
    }
  }

  private static Event event(long number) {
    return log(number, "x".repeat(180));
  }

  /** Reads to the end, holds nothing, and fails at the first hole or repeat. */
  private static long countUntilEnd(Watching watch) {
    long last = -1;
    try (watch) {
      while (true) {
        WatchResponse message = watch.next();
        for (Event event : message.getEventsList()) {
          if (last > 0 && event.getSequence() != last + 1) {
            throw new AssertionError(event.getSequence() + " after " + last);
          }
          last = event.getSequence();
        }
        if (message.getMarkCase() == MarkCase.ENDED) {
          return last;
        }
      }
    }
  }

  private static List<Watching> watching(Client viewer, String stream) {
    return IntStream.range(0, SLOW / 2).mapToObj(n -> viewer.watch(stream)).toList();
  }
}
