package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SessionPublisherTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final WireDouble server = new WireDouble();
  private final ClawLive live = ClawLive.connect(server.address());

  @AfterEach
  void close() {
    live.close();
    server.close();
  }

  @Test
  void eventsArriveInOrderAndFlushWaitsForTheirCommit() {
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      for (int i = 1; i <= 5_000; i++) {
        assertEquals(i, publisher.thought("t" + i));
      }
      publisher.flush(SOON);
      assertEquals(5_000, publisher.committed());
      assertEquals(0, publisher.pending());
    }
    assertEquals(texts(1, 5_000), Events.texts(server.stored()));
  }

  @Test
  void aLoneEventIsSentAtOnceAndACrowdIsGathered() {
    server.commitMillis = 20;
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      publisher.thought("alone");
      publisher.flush(SOON);
      for (int i = 0; i < 2_000; i++) {
        publisher.thought("crowd");
      }
      publisher.flush(SOON);
    }
    assertEquals(1, server.batchSizes.peek());
    assertTrue(server.batchSizes.size() <= 12, () -> "batches: " + server.batchSizes);
  }

  @Test
  void lingerGathersWhileNothingIsOnItsWay() {
    PublisherOptions options = PublisherOptions.defaults().withLinger(Duration.ofMillis(100));
    try (SessionPublisher publisher = publisher(options)) {
      awaitConnected(publisher);
      for (int i = 0; i < 50; i++) {
        publisher.thought("t");
      }
      await(() -> publisher.committed() == 50);
    }
    assertEquals(List.of(50), List.copyOf(server.batchSizes));
  }

  @Test
  void noBatchExceedsTheContractsLimits() {
    server.commitMillis = 30;
    String large = "x".repeat(60_000);
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      for (int i = 0; i < 60; i++) {
        publisher.thought(large);
      }
    }
    assertEquals(60, server.stored().size());
    assertTrue(
        server.batchSizes.stream().allMatch(size -> size <= 17), () -> "" + server.batchSizes);
  }

  @Test
  void aConnectionLostBetweenCommitAndAnswerNeitherLosesNorRepeats() {
    server.dropsAfterCommit.set(3);
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      for (int i = 1; i <= 3_000; i++) {
        publisher.thought("t" + i);
      }
      publisher.flush(SOON);
    }
    assertEquals(texts(1, 3_000), Events.texts(server.stored()));
    assertEquals(4, server.opens.get());
  }

  @Test
  void aServerThatComesBackIsUsedWithinTwoSeconds() {
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      publisher.thought("t1");
      publisher.flush(SOON);
      server.stop();
      publisher.thought("t2");
      pause(1_500);
      long begun = System.nanoTime();
      server.start();
      publisher.flush(SOON);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      assertTrue(millis < 2_000, () -> "took " + millis + " ms");
    }
    assertEquals(texts(1, 2), Events.texts(server.stored()));
  }

  @Test
  void connectionChangesAreToldInOrder() {
    var states = new ConcurrentLinkedQueue<ConnectionState>();
    var causes = new ConcurrentLinkedQueue<String>();
    PublisherOptions options =
        PublisherOptions.defaults()
            .onConnection(change -> {
              states.add(change.state());
              change.cause().ifPresent(cause -> causes.add(cause.reason()));
            });
    try (SessionPublisher publisher = publisher(options)) {
      server.dropsAfterCommit.set(1);
      publisher.thought("t1");
      publisher.flush(SOON);
    }
    assertEquals(
        List.of(
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.CLOSED),
        List.copyOf(states));
    assertEquals(List.of("STORAGE_UNAVAILABLE"), List.copyOf(causes));
  }

  @Test
  void theCommitListenerSeesRisingNumbersUpToTheLast() {
    var seen = new ConcurrentLinkedQueue<Long>();
    try (SessionPublisher publisher =
        publisher(PublisherOptions.defaults().onCommitted(seen::add))) {
      for (int i = 0; i < 1_000; i++) {
        publisher.thought("t");
      }
      publisher.flush(SOON);
    }
    List<Long> told = List.copyOf(seen);
    assertEquals(told.stream().sorted().distinct().toList(), told);
    assertEquals(1_000, told.get(told.size() - 1));
  }

  @Test
  void aFullBufferFailsTheCallWhenToldSo() {
    server.stop();
    PublisherOptions options =
        small().withOverflow(Overflow.FAIL).withCloseTimeout(Duration.ofMillis(50));
    SessionPublisher publisher = publisher(options);
    IntStream.range(0, 16).forEach(i -> publisher.thought("t" + i));
    UnavailableException full =
        assertThrows(UnavailableException.class, () -> publisher.thought("one too many"));
    assertEquals("BUFFER_FULL", full.reason());
    UnavailableException left = assertThrows(UnavailableException.class, publisher::close);
    assertEquals("TIMEOUT", left.reason());
    assertEquals(ConnectionState.CLOSED, publisher.state());
  }

  @Test
  void aFullBufferGivesUpTheOldestWhenToldSo() {
    server.stop();
    try (SessionPublisher publisher = publisher(small().withOverflow(Overflow.DROP_OLDEST))) {
      for (int i = 1; i <= 40; i++) {
        publisher.thought("t" + i);
      }
      assertEquals(24, publisher.dropped());
      server.start();
      publisher.flush(SOON);
    }
    assertEquals(texts(25, 40), Events.texts(server.stored()));
  }

  @Test
  void aFullBufferHoldsTheCallerUntilThereIsRoom() throws Exception {
    server.stop();
    try (SessionPublisher publisher = publisher(small())) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> IntStream.rangeClosed(1, 40).forEach(i -> publisher.thought("t" + i)));
      pause(200);
      assertFalse(writer.isDone());
      assertEquals(16, publisher.pending());
      server.start();
      writer.get(10, TimeUnit.SECONDS);
    }
    assertEquals(texts(1, 40), Events.texts(server.stored()));
  }

  @Test
  void anInterruptEndsTheWaitForRoomAndKeepsTheFlag() throws Exception {
    server.stop();
    SessionPublisher publisher = publisher(small().withCloseTimeout(Duration.ZERO));
    IntStream.range(0, 16).forEach(i -> publisher.thought("t"));
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread writer =
        new Thread(() -> {
          assertThrows(CancellationException.class, () -> publisher.thought("t"));
          flag.complete(Thread.currentThread().isInterrupted());
        });
    writer.start();
    pause(100);
    writer.interrupt();
    assertTrue(flag.get(5, TimeUnit.SECONDS));
    assertEquals(16, publisher.pending());
    assertThrows(UnavailableException.class, publisher::close);
  }

  @Test
  void anEndedStreamSurfacesInEveryLaterCallAsANewException() throws Exception {
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_STREAM_ENDED));
    SessionPublisher publisher = publisher(PublisherOptions.defaults());
    await(() -> publisher.state() == ConnectionState.FAILED);
    StreamEndedException first =
        assertThrows(StreamEndedException.class, () -> publisher.thought("late"));
    StreamEndedException second =
        assertThrows(StreamEndedException.class, () -> publisher.log("later"));
    assertTrue(first != second);
    assertEquals("STREAM_ENDED", first.reason());
    assertEquals(WireDouble.STREAM, first.metadata().get("stream_id"));
    publisher.close();
  }

  @Test
  void aTerminalFailureWithEventsLeftFailsFlushAndClose() {
    server.stop();
    SessionPublisher publisher = publisher(PublisherOptions.defaults());
    publisher.thought("kept");
    CompletableFuture<Void> flushed = publisher.flushed();
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_NOT_OWNER));
    server.start();
    ExecutionException failed = assertThrows(ExecutionException.class, flushed::get);
    assertInstanceOf(NotAllowedException.class, failed.getCause());
    NotAllowedException thrown =
        assertThrows(
            NotAllowedException.class,
            () -> {
              try (publisher) {
                publisher.flush(SOON);
              }
            });
    assertEquals(1, thrown.getSuppressed().length);
  }

  @Test
  void anEventThatBreaksARuleFailsAloneAndUsesNoNumber() {
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      publisher.thought("t1");
      InvalidRequestException broken =
          assertThrows(InvalidRequestException.class, () -> publisher.thought("é".repeat(33_000)));
      assertEquals("INVALID_FIELD", broken.reason());
      assertEquals(
          List.of("thought.text is 66000 bytes; expected at most 65536"), broken.violations());
      assertEquals(2, publisher.thought("t2"));
    }
    assertEquals(texts(1, 2), Events.texts(server.stored()));
  }

  @Test
  void aKnownProducerGoesOnAboveWhatTheServerHas() {
    server.pretendCommitted("worker-1", 41);
    PublisherOptions options = PublisherOptions.defaults().withProducerId("worker-1");
    try (SessionPublisher publisher = publisher(options)) {
      assertEquals(42, publisher.thought("t1"));
    }
    assertEquals(42, server.committed("worker-1"));
    assertEquals(texts(1, 1), Events.texts(server.stored()));
  }

  @Test
  void twoPublishersOfOneProducerIdAreNoticed() {
    PublisherOptions options =
        PublisherOptions.defaults()
            .withProducerId("shared")
            .withCloseTimeout(Duration.ofMillis(50));
    SessionPublisher publisher = publisher(options);
    publisher.thought("t1");
    publisher.flush(SOON);
    server.pretendCommitted("shared", 100);
    server.dropsAfterCommit.set(1);
    publisher.thought("t2");
    FailedPreconditionException shared =
        assertThrows(FailedPreconditionException.class, () -> publisher.flush(SOON));
    assertEquals("PRODUCER_SHARED", shared.reason());
    assertThrows(FailedPreconditionException.class, publisher::close);
  }

  @Test
  void closingWaitsForWhatIsOnItsWayAndASecondCloseDoesNothing() {
    server.commitMillis = 100;
    SessionPublisher publisher = publisher(PublisherOptions.defaults());
    publisher.thought("t1");
    publisher.close();
    publisher.close();
    assertEquals(texts(1, 1), Events.texts(server.stored()));
    UnavailableException closed =
        assertThrows(UnavailableException.class, () -> publisher.thought("late"));
    assertEquals("CLOSED", closed.reason());
  }

  @Test
  void manyThreadsPublishWithoutLossAndEachInItsOrder() {
    try (SessionPublisher publisher = publisher(PublisherOptions.defaults())) {
      IntStream.range(0, 4)
          .mapToObj(thread ->
              CompletableFuture.runAsync(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      publisher.thought(thread + ":" + i);
                    }
                  },
                  task -> new Thread(task).start()))
          .toList()
          .forEach(CompletableFuture::join);
    }
    for (int thread = 0; thread < 4; thread++) {
      String prefix = thread + ":";
      List<String> own =
          Events.texts(server.stored()).stream().filter(t -> t.startsWith(prefix)).toList();
      assertEquals(IntStream.range(0, 2_000).mapToObj(i -> prefix + i).toList(), own);
    }
  }

  @Test
  void aListenerThatFailsDoesNotStopTheFlow() {
    Logger log = Logger.getLogger("io.clawlive.sdk.internal.Notices");
    log.setLevel(Level.OFF);
    AtomicLong told = new AtomicLong();
    PublisherOptions options =
        PublisherOptions.defaults()
            .onCommitted(number -> {
              told.set(number);
              throw new IllegalStateException("a listener's own fault, thrown by the test");
            });
    try (SessionPublisher publisher = publisher(options)) {
      publisher.thought("t1");
      publisher.flush(SOON);
      publisher.thought("t2");
      publisher.flush(SOON);
    }
    log.setLevel(null);
    assertEquals(2, told.get());
  }

  @Test
  void aSpoolDeliversWhatAnEarlierPublisherLeft(@TempDir Path directory) {
    PublisherOptions options = small().withSpool(directory).withCloseTimeout(Duration.ofMillis(50));
    server.stop();
    String producer;
    try (SessionPublisher first = publisher(options)) {
      producer = first.producerId();
      IntStream.rangeClosed(1, 500).forEach(i -> first.thought("t" + i));
      assertEquals(500, first.pending());
    }
    server.start();
    try (SessionPublisher second = publisher(options.withCloseTimeout(SOON))) {
      assertEquals(producer, second.producerId());
      assertEquals(501, second.thought("t501"));
    }
    assertEquals(texts(1, 501), Events.texts(server.stored()));
  }

  @Test
  void aSpoolDropsOnlyWhatWasCommittedWithoutAnAnswer(@TempDir Path directory) {
    PublisherOptions options =
        PublisherOptions.defaults().withSpool(directory).withCloseTimeout(Duration.ZERO);
    server.holdAnswers = true;
    try (SessionPublisher first = publisher(options)) {
      first.thought("t1");
      await(() -> server.stored().size() == 1);
      first.thought("t2");
      live.close();
      server.stop();
      server.holdAnswers = false;
    }
    server.start();
    try (ClawLive again = ClawLive.connect(server.address());
        SessionPublisher second =
            again.sessions().publisher(WireDouble.STREAM, options.withCloseTimeout(SOON))) {
      second.thought("t3");
    }
    assertEquals(texts(1, 3), Events.texts(server.stored()));
  }

  @Test
  void aSpoolServesOnePublisherAtATime(@TempDir Path directory) {
    PublisherOptions options = PublisherOptions.defaults().withSpool(directory);
    try (SessionPublisher first = publisher(options)) {
      first.thought("t1");
      UnavailableException inUse =
          assertThrows(UnavailableException.class, () -> publisher(options));
      assertEquals("SPOOL_IN_USE", inUse.reason());
    }
  }

  private static PublisherOptions small() {
    return PublisherOptions.defaults().withBuffer(16, 1 << 20);
  }

  private SessionPublisher publisher(PublisherOptions options) {
    return live.sessions().publisher(WireDouble.STREAM, options);
  }

  private static List<String> texts(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "t" + i).toList();
  }

  private static void awaitConnected(SessionPublisher publisher) {
    await(() -> publisher.state() == ConnectionState.CONNECTED);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long until = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "did not come true in time");
      pause(2);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
