package io.clawlive.sdk;

import static io.clawlive.sdk.ChannelDouble.OTHER_ROOM;
import static io.clawlive.sdk.ChannelDouble.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AgentChannelTest {
  private final ChannelDouble server = new ChannelDouble(ROOM, OTHER_ROOM);
  private final ClawLive live = ClawLive.connect(server.address());
  private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    live.close();
    server.close();
  }

  @Test
  void aMentionIsAnsweredInItsThreadAndOtherMessagesGoElsewhere() {
    List<String> others = Collections.synchronizedList(new ArrayList<>());
    try (AgentChannel agent =
        live.agentChannel()
            .onMention((bot, message) -> bot.reply(message, "You said " + message.text()).join())
            .onMessage((bot, message) -> others.add(message.text()))
            .open()) {
      server.say(ROOM, "good morning", false);
      long asked = server.say(ROOM, "@bot are you there?", true);
      await(() -> server.said(ROOM).size() == 1 && others.size() == 1);
      assertEquals(List.of("You said @bot are you there?"), server.said(ROOM));
      assertEquals(List.of("good morning"), others);
      ConnectRequest reply =
          server.received.stream().filter(ConnectRequest::hasChat).findFirst().orElseThrow();
      assertEquals(asked, reply.getChat().getThread());
      assertEquals("reply." + ROOM.replace("-", "") + "." + asked + ".1", reply.getRequestId());
      assertEquals(ChannelDouble.AGENT, agent.agentId());
    }
  }

  @Test
  void aPositionIsAcknowledgedOnlyAfterItsHandlerReturned() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (AgentChannel agent =
        live.agentChannel()
            .onMessage((bot, message) -> {
              entered.countDown();
              go.await();
            })
            .open()) {
      long said = server.say(ROOM, "slow", false);
      assertTrue(entered.await(10, TimeUnit.SECONDS));
      Thread.sleep(100);
      assertEquals(0, server.acknowledged(ROOM));
      go.countDown();
      await(() -> server.acknowledged(ROOM) == said);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void overLostConnectionsEveryEventIsHandledOnceAndInOrder() throws InterruptedException {
    try (AgentChannel agent = recording().open()) {
      for (int i = 0; i < 200; i++) {
        server.say(ROOM, "m" + i, false);
        if (i % 50 == 25) {
          server.drop(WireDouble.refusal(ErrorReason.ERROR_REASON_SERVER_STOPPING));
        } else if (i == 150) {
          server.stop();
          Thread.sleep(50);
          server.start();
        }
      }
      await(() -> server.acknowledged(ROOM) == 200);
      assertEquals(LongStream.rangeClosed(1, 200).boxed().toList(), handled);
      assertFalse(agent.ended().isDone());
    }
  }

  @Test
  void anUnansweredRequestIsSentAgainUnderItsOwnIdAndDoneOnce() {
    server.dropsBeforeAnswer.set(2);
    try (AgentChannel agent = live.agentChannel().open()) {
      assertEquals(1, agent.say(ROOM, "once").join());
      assertEquals(List.of("once"), server.said(ROOM));
      assertEquals(
          3,
          server.received.stream()
              .filter(ConnectRequest::hasChat)
              .collect(Collectors.groupingBy(ConnectRequest::getRequestId))
              .values()
              .iterator()
              .next()
              .size());
    }
  }

  @Test
  void aRefusedRequestFailsWithItsTypeAndTheChannelGoesOn() {
    server.refusals.add(
        ChannelRefusal.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_TASK_TAKEN)
            .setMessage("@ada has it")
            .putMetadata("assignee", "ada")
            .build());
    server.refusals.add(
        ChannelRefusal.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_RATE_LIMITED)
            .setMessage("slowly")
            .setRetryAfter(com.google.protobuf.Duration.newBuilder().setSeconds(3))
            .build());
    try (AgentChannel agent = live.agentChannel().open()) {
      CompletionException taken =
          assertThrows(CompletionException.class, () -> agent.claim(ROOM, 7).join());
      FailedPreconditionException known =
          assertInstanceOf(FailedPreconditionException.class, taken.getCause());
      assertEquals("TASK_TAKEN", known.reason());
      assertEquals(Map.of("assignee", "ada"), known.metadata());
      CompletionException fast =
          assertThrows(CompletionException.class, () -> agent.say(ROOM, "x").join());
      RateLimitedException limited = assertInstanceOf(RateLimitedException.class, fast.getCause());
      assertEquals(Duration.ofSeconds(3), limited.retryAfter().orElseThrow());
      assertEquals(1, agent.say(ROOM, "y").join());
    }
  }

  @Test
  void aHandlerThatIsBehindStopsTheAskingAndLosesNothing() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    try (AgentChannel agent =
        live.agentChannel()
            .waitingPerRoom(16)
            .onMessage((bot, message) -> {
              go.await();
              handled.add(message.sequence());
            })
            .open()) {
      String big = "x".repeat(4_000);
      for (int i = 0; i < 3_000; i++) {
        server.say(ROOM, big, false);
      }
      // What is not asked for waits at the server, for as long as it takes.
      Thread.sleep(500);
      assertTrue(server.isHeldUp());
      assertEquals(0, handled.size());
      go.countDown();
      await(() -> handled.size() == 3_000);
      assertEquals(LongStream.rangeClosed(1, 3_000).boxed().toList(), handled);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void aHandlerMayWaitForAnAnswerThatStandsBehindMoreThanFits() {
    try (AgentChannel agent =
        live.agentChannel()
            .waitingPerRoom(2)
            .onMessage((bot, message) -> {
              bot.say(OTHER_ROOM, "saw " + message.text()).join();
              handled.add(message.sequence());
            })
            .open()) {
      IntStream.range(0, 100).forEach(i -> server.say(ROOM, "m" + i, false));
      await(() -> handled.size() == 100);
      assertEquals(100, server.said(OTHER_ROOM).size());
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void roomsRunBesideEachOther() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    try (AgentChannel agent =
        live.agentChannel()
            .onMessage((bot, message) -> {
              both.countDown();
              both.await();
              handled.add(message.sequence());
            })
            .open()) {
      server.say(ROOM, "a", false);
      server.say(OTHER_ROOM, "b", false);
      await(() -> handled.size() == 2);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void aHandlerThatThrowsIsToldAndItsEventIsNotHandledAgain() {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    try (AgentChannel agent =
        live.agentChannel()
            .onMessage((bot, message) -> {
              handled.add(message.sequence());
              throw new IOException("cannot read " + message.text());
            })
            .onError((where, failure) -> failures.add(where + ": " + failure.getMessage()))
            .open()) {
      server.say(ROOM, "poison", false);
      await(() -> server.acknowledged(ROOM) == 1);
      server.drop(WireDouble.refusal(ErrorReason.ERROR_REASON_SERVER_STOPPING));
      server.say(ROOM, "more", false);
      await(() -> server.acknowledged(ROOM) == 2);
      assertEquals(List.of(1L, 2L), handled);
      assertEquals("event 1 of room " + ROOM + ": cannot read poison", failures.get(0));
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void anotherProcessOfTheAgentEndsItForGood() {
    try (AgentChannel agent = live.agentChannel().open()) {
      agent.welcomed().join();
      int calls = hellos();
      server.drop(WireDouble.refusal(ErrorReason.ERROR_REASON_AGENT_SUPERSEDED));
      assertThrows(SupersededException.class, agent::awaitEnd);
      assertEquals(ConnectionState.FAILED, agent.state());
      assertEquals(calls, hellos());
      CompletionException late =
          assertThrows(CompletionException.class, () -> agent.say(ROOM, "x").join());
      assertInstanceOf(SupersededException.class, late.getCause());
    }
  }

  @Test
  void aRefusedCredentialEndsItForGood() {
    server.ends.add(WireDouble.refusal(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED));
    try (AgentChannel agent = live.agentChannel().open()) {
      assertThrows(CredentialEndedException.class, agent::awaitEnd);
    }
  }

  @Test
  void aChannelThatCountedAsSilentConnectsAgain() {
    try (AgentChannel agent = live.agentChannel().open()) {
      agent.welcomed().join();
      server.drop(WireDouble.refusal(ErrorReason.ERROR_REASON_CHANNEL_SILENT));
      assertEquals(1, agent.say(ROOM, "back").join());
      assertEquals(2, hellos());
    }
  }

  @Test
  void signsOfLifeGoOutTwiceAsOftenAsAsked() {
    server.report = Duration.ofMillis(300);
    try (AgentChannel agent = live.agentChannel().open()) {
      await(() -> server.received.stream().filter(ConnectRequest::hasHeartbeat).count() >= 4);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void whatItDoesIsSaidAgainAfterAReconnect() {
    try (AgentChannel agent = live.agentChannel().open()) {
      agent.welcomed().join();
      agent.status(AgentActivity.AGENT_ACTIVITY_TESTING, "the parser");
      await(() -> statuses() == 1);
      server.drop(WireDouble.refusal(ErrorReason.ERROR_REASON_SERVER_STOPPING));
      await(() -> statuses() == 2);
    }
  }

  @Test
  void closingAcknowledgesAndSaysGoodbye() {
    AgentChannel agent = recording().open();
    server.say(ROOM, "last words", false);
    await(() -> handled.size() == 1);
    agent.close();
    agent.awaitEnd();
    await(() -> server.received.stream().anyMatch(ConnectRequest::hasGoodbye));
    assertEquals(1, server.acknowledged(ROOM));
    assertEquals(ConnectionState.CLOSED, agent.state());
  }

  @Test
  void tasksAreOfferedOnceAndGivenToWhoeverHasThem() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    try (AgentChannel agent =
        live.agentChannel()
            .onTaskOpen((bot, task) -> told.add("open " + task.title()))
            .onTask((bot, task) -> told.add("mine " + task.title()))
            .open()) {
      server.store(ROOM, task("a", TaskChangeKind.TASK_CHANGE_KIND_CREATED, "", false));
      server.store(
          ROOM, task("b", TaskChangeKind.TASK_CHANGE_KIND_CLAIMED, ChannelDouble.AGENT, true));
      server.store(
          ROOM, task("c", TaskChangeKind.TASK_CHANGE_KIND_CLAIMED, ChannelDouble.PERSON, false));
      server.store(ROOM, task("d", TaskChangeKind.TASK_CHANGE_KIND_RELEASED, "", true));
      server.store(ROOM, task("e", TaskChangeKind.TASK_CHANGE_KIND_REOPENED, "", false));
      await(() -> server.acknowledged(ROOM) == 5);
      assertEquals(List.of("open a", "mine b", "open e"), told);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void aFileOfPositionsTellsTheNextProcessWhatWasHandled(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bot.cursors");
    try (AgentChannel agent = recording().cursors(CursorStore.file(file)).open()) {
      IntStream.range(0, 10).forEach(i -> server.say(ROOM, "m" + i, false));
      await(() -> handled.size() == 10);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
    // As a death in the middle of a line leaves it.
    Files.writeString(file, Files.readString(file) + ROOM + " 99");
    try (CursorStoreHandle again = new CursorStoreHandle(file)) {
      assertEquals(Map.of(ROOM, 10L), again.store.load());
      UnavailableException inUse =
          assertThrows(UnavailableException.class, () -> CursorStore.file(file));
      assertEquals("CURSORS_IN_USE", inUse.reason());
      for (long i = 11; i <= 20_000; i++) {
        again.store.save(ROOM, i);
      }
      assertTrue(Files.size(file) < 300_000, "it is written anew now and then");
    }
    try (CursorStoreHandle last = new CursorStoreHandle(file)) {
      assertEquals(Map.of(ROOM, 20_000L), last.store.load());
    }
  }

  private record CursorStoreHandle(CursorStore store) implements AutoCloseable {
    CursorStoreHandle(Path file) {
      this(CursorStore.file(file));
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void positionsThatCannotBeKeptEndTheChannel() {
    AtomicInteger saves = new AtomicInteger();
    CursorStore broken =
        new CursorStore() {
          @Override
          public Map<String, Long> load() {
            return Map.of();
          }

          @Override
          public void save(String roomId, long sequence) {
            saves.incrementAndGet();
            throw new IllegalStateException("the disk is full");
          }
        };
    try (AgentChannel agent = recording().cursors(broken).open()) {
      server.say(ROOM, "m", false);
      UnavailableException ended = assertThrows(UnavailableException.class, agent::awaitEnd);
      assertEquals("CURSORS_FAILED", ended.reason());
      assertEquals(1, saves.get());
      assertEquals(0, server.acknowledged(ROOM));
    }
  }

  private AgentChannelBuilder recording() {
    return live.agentChannel().onMessage((bot, message) -> handled.add(message.sequence()));
  }

  private static Event task(String title, TaskChangeKind kind, String assignee, boolean own) {
    Task.Builder task =
        Task.newBuilder()
            .setTaskId(1)
            .setTitle(title)
            .setState(
                assignee.isEmpty() ? TaskState.TASK_STATE_OPEN : TaskState.TASK_STATE_CLAIMED);
    if (!assignee.isEmpty()) {
      task.setAssignee(Party.newBuilder().setId(assignee));
    }
    return Event.newBuilder()
        .setActor(Actor.newBuilder().setId(own ? ChannelDouble.AGENT : ChannelDouble.PERSON))
        .setTask(TaskChange.newBuilder().setChange(kind).setTask(task))
        .build();
  }

  private int hellos() {
    return (int) server.received.stream().filter(ConnectRequest::hasHello).count();
  }

  private int statuses() {
    return (int) server.received.stream().filter(ConnectRequest::hasStatus).count();
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not happen in 15 s");
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
