package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.WatchRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTest {
  private final WireDouble server = new WireDouble();
  private final ClawLive live = ClawLive.connect(server.address());

  @AfterEach
  void close() {
    live.close();
    server.close();
  }

  @Test
  void aStreamIsReadInOrderUntilItEnds() {
    server.storeThoughts(100);
    server.ended = true;
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      List<StreamItem> items = new ArrayList<>();
      stream.items().forEach(items::add);
      assertEquals(range(1, 100), sequences(items));
      assertEquals(
          List.of(new StreamItem.CaughtUp(100), new StreamItem.Ended(100)),
          items.subList(100, 102));
      assertTrue(stream.isDone());
      assertEquals(100, stream.position());
    }
  }

  @Test
  void anEventShowsItsPayloadAsItsKind() {
    server.storeThoughts(1);
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      StreamEvent event = stream.iterator().next();
      assertEquals("thought", event.kind());
      assertEquals(new EventPayload.Thought("t1", List.of()), event.payload());
      assertEquals(WireDouble.STREAM, event.streamId());
    }
  }

  @Test
  void aBrokenCallIsResumedFromTheLastEvent() {
    server.storeThoughts(50);
    server.ended = true;
    server.watchMessagesUntilDrop.set(4);
    var states = new ConcurrentLinkedQueue<ConnectionState>();
    List<StreamEvent> events = new ArrayList<>();
    try (EventStream stream =
        watch(WatchOptions.fromStart().onConnection(change -> states.add(change.state())))) {
      stream.forEach(events::add);
    }
    assertEquals(range(1, 50), sequences(events));
    assertEquals(
        List.of(0L, 12L),
        server.watchRequests.stream().map(WatchRequest::getAfterSequence).toList());
    assertEquals(
        List.of(
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.CLOSED),
        List.copyOf(states));
  }

  @Test
  void aServerThatGoesAwayAndComesBackIsFollowedOn() {
    server.storeThoughts(10);
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      Iterator<StreamEvent> events = stream.iterator();
      for (int i = 1; i <= 10; i++) {
        assertEquals(i, events.next().sequence());
      }
      server.stop();
      server.storeThoughts(10);
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(server::start);
      for (int i = 11; i <= 20; i++) {
        assertEquals(i, events.next().sequence());
      }
    }
  }

  @Test
  void aHoleIsAskedForAgain() {
    server.storeThoughts(20);
    server.ended = true;
    server.watchesWithHole.set(2);
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      List<StreamEvent> events = new ArrayList<>();
      stream.forEach(events::add);
      assertEquals(range(1, 20), sequences(events));
    }
    assertEquals(3, server.watchRequests.size());
  }

  @Test
  void aHoleThatStaysIsAFaultOfTheServer() {
    server.storeThoughts(20);
    server.watchesWithHole.set(100);
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      Iterator<StreamEvent> events = stream.iterator();
      for (int i = 1; i <= 4; i++) {
        events.next();
      }
      ServerFaultException fault = assertThrows(ServerFaultException.class, events::hasNext);
      assertEquals("STREAM_HOLE", fault.reason());
      assertThrows(ServerFaultException.class, events::hasNext);
    }
  }

  @Test
  void whatRetentionRemovedIsToldAsAGap() {
    server.storeThoughts(20);
    server.trimmedTo = 7;
    server.ended = true;
    try (EventStream stream = watch(WatchOptions.after(2))) {
      List<StreamItem> items = new ArrayList<>();
      stream.items().forEach(items::add);
      assertEquals(new StreamItem.Gap(3, 7), items.get(0));
      assertEquals(range(8, 20), sequences(items));
    }
  }

  @Test
  void aTailBeginsWithTheNewestAndResumesByPosition() {
    server.storeThoughts(30);
    server.ended = true;
    server.watchMessagesUntilDrop.set(1);
    try (EventStream stream = watch(WatchOptions.tail(5))) {
      List<StreamEvent> events = new ArrayList<>();
      stream.forEach(events::add);
      assertEquals(range(26, 30), sequences(events));
    }
    assertEquals(
        List.of(WatchRequest.StartCase.TAIL, WatchRequest.StartCase.AFTER_SEQUENCE),
        server.watchRequests.stream().map(WatchRequest::getStartCase).toList());
  }

  @Test
  void aFilterDeliversItsKindsAndTheCheckpointsMoveThePosition() {
    server.storeThoughts(9);
    server.store(Event.newBuilder().setLog(LogLine.newBuilder().setLine("l")).build());
    server.storeThoughts(8);
    server.ended = true;
    try (EventStream stream = watch(WatchOptions.fromStart().withKinds("log"))) {
      List<StreamEvent> events = new ArrayList<>();
      stream.forEach(events::add);
      assertEquals(List.of(10L), sequences(events));
      assertEquals(18, stream.position());
    }
  }

  @Test
  void readingStopsWhenCaughtUpIfAskedTo() {
    server.storeThoughts(3);
    try (EventStream stream = watch(WatchOptions.fromStart().withStopWhenCaughtUp())) {
      List<StreamItem> items = new ArrayList<>();
      stream.items().forEach(items::add);
      assertEquals(4, items.size());
      assertEquals(new StreamItem.CaughtUp(3), items.get(3));
    }
  }

  @Test
  void closingFromAnotherThreadEndsAWaitingIteration() throws Exception {
    EventStream stream = watch(WatchOptions.fromStart());
    Iterator<StreamEvent> events = stream.iterator();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
    stream.close();
    assertFalse(waiting.get(2, TimeUnit.SECONDS));
  }

  @Test
  void closingEndsTheWaitBetweenTwoTries() throws Exception {
    server.storeThoughts(1);
    EventStream stream = watch(WatchOptions.fromStart());
    Iterator<StreamEvent> events = stream.iterator();
    events.next();
    server.stop();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> waiting.get(500, TimeUnit.MILLISECONDS));
    stream.close();
    assertFalse(waiting.get(1, TimeUnit.SECONDS));
  }

  @Test
  void pollGivesUpAfterItsTime() {
    server.storeThoughts(1);
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      assertInstanceOf(StreamEvent.class, stream.poll(Duration.ofSeconds(5)).orElseThrow());
      assertEquals(Optional.of(new StreamItem.CaughtUp(1)), stream.poll(Duration.ofSeconds(5)));
      long begun = System.nanoTime();
      assertEquals(Optional.empty(), stream.poll(Duration.ofMillis(50)));
      assertTrue(System.nanoTime() - begun < 2_000_000_000L);
      assertFalse(stream.isDone());
    }
  }

  @Test
  void aRefusalThatTimeCannotMendIsThrown() {
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND));
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      NotFoundException missing =
          assertThrows(NotFoundException.class, () -> stream.iterator().hasNext());
      assertEquals("STREAM_NOT_FOUND", missing.reason());
    }
  }

  @Test
  void anAddressWithoutServerIsToldSoonOnTheFirstConnection() {
    server.stop();
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      long begun = System.nanoTime();
      UnavailableException none =
          assertThrows(UnavailableException.class, () -> stream.iterator().hasNext());
      assertEquals("NO_SERVER", none.reason());
      assertTrue(none.getMessage().contains(server.address()));
      assertTrue(System.nanoTime() - begun < 5_000_000_000L);
    }
  }

  @Test
  void aReaderThatDoesNotReadIsSentLittleAndLaterMissesNothing() {
    String text = "x".repeat(60_000);
    for (int i = 0; i < 200; i++) {
      server.store(Events.thought(text));
    }
    server.ended = true;
    try (EventStream stream = watch(WatchOptions.fromStart())) {
      Iterator<StreamEvent> events = stream.iterator();
      events.next();
      long position = stream.position();
      assertThrows(
          java.util.concurrent.TimeoutException.class,
          () -> new CompletableFuture<Void>().get(300, TimeUnit.MILLISECONDS));
      assertEquals(1, position);
      int count = 1;
      while (events.hasNext()) {
        assertEquals(++count, events.next().sequence());
      }
      assertEquals(200, count);
    }
  }

  private EventStream watch(WatchOptions options) {
    return live.sessions().watch(WireDouble.STREAM, options);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Long> sequences(List<? extends StreamItem> items) {
    return items.stream()
        .filter(StreamEvent.class::isInstance)
        .map(item -> ((StreamEvent) item).sequence())
        .toList();
  }
}
