package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.ListResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ListTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("listed");

  @Test
  void pagesForwardFollowEachOther() {
    String stream = streamOf(10);
    ListResponse first = list(request(stream).setPageSize(4));
    assertEquals(run(1, 4), sequences(first.getEventsList()));
    assertTrue(first.getHasMore());
    assertEquals(10, first.getLastSequence());

    ListResponse last = list(request(stream).setPageSize(6).setAfterSequence(4));
    assertEquals(run(5, 10), sequences(last.getEventsList()));
    assertFalse(last.getHasMore());
  }

  @Test
  void pagesBackwardHoldTheNearestEventsInRisingOrder() {
    String stream = streamOf(10);
    ListResponse page = list(request(stream).setPageSize(4).setBeforeSequence(9));
    assertEquals(run(5, 8), sequences(page.getEventsList()));
    assertTrue(page.getHasMore());

    ListResponse first = list(request(stream).setPageSize(4).setBeforeSequence(5));
    assertEquals(run(1, 4), sequences(first.getEventsList()));
    assertFalse(first.getHasMore());
  }

  @Test
  void aPageHoldsAHundredEventsWhenNoSizeIsGiven() {
    assertEquals(100, list(request(streamOf(150))).getEventsCount());
  }

  @Test
  void aFilterCountsOnlyItsKinds() {
    String stream = worker.stream();
    worker.append(stream, thought(1, "a"), log(2, "b"), thought(3, "c"), thought(4, "d"));
    ListResponse page = list(request(stream).setPageSize(2).addKinds("thought"));
    assertEquals(List.of(2L, 4L), sequences(page.getEventsList()));
    assertTrue(page.getHasMore());
  }

  @Test
  void aPageEndsWithTheEventThatPassesAQuarterOfAMegabyte() {
    String stream = worker.stream();
    String line = "x".repeat(60_000);
    try (Publishing call = worker.publish(stream, "p")) {
      for (int n = 1; n <= 40; n++) {
        call.publish(log(n, line));
      }
    }
    ListResponse page = list(request(stream).setPageSize(1_000));
    assertTrue(page.getHasMore());
    int size = page.getSerializedSize();
    assertTrue(size > 256 << 10 && size < (256 << 10) + 65_536, () -> size + " bytes");
    assertEquals(41, server.nobody().everything(stream).size());
  }

  private static String streamOf(int events) {
    String stream = worker.stream();
    worker.append(stream, logs(1, events - 1).toArray(Event[]::new));
    return stream;
  }

  private static ListRequest.Builder request(String stream) {
    return ListRequest.newBuilder().setStreamId(stream);
  }

  private static ListResponse list(ListRequest.Builder request) {
    return server.nobody().streams().list(request.build());
  }
}
