package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ListMessagesResponse;
import io.clawlive.rooms.v1.ReactRequest;
import io.clawlive.rooms.v1.ReactionCount;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Events;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChatTest {
  private static TestServer server;
  private static Worker agent;
  private static Person ann;
  private static Person ben;

  private String session;

  @BeforeAll
  static void start() {
    server = TestServer.start(MovableClock.PROPERTY);
    agent = server.worker("host");
    ann = server.person("ann");
    ben = server.person("ben");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void freshSession() {
    // Whoever spoke a minute ago may speak again.
    server.bean(MovableClock.class).advance(Duration.ofSeconds(61));
    session = agent.stream();
  }

  @Test
  void aMessageIsAnEventThatWatchersSeeUnderTheSendersName() {
    try (var watching = server.nobody().watch(session)) {
      var sent = send(ann.client(), "hello **you**");
      send(agent.client(), "hello back");

      List<Event> seen = watching.take(3);
      assertEquals("hello **you**", seen.get(1).getChat().getMessage());
      assertEquals("ann", seen.get(1).getChat().getUser());
      assertEquals(ActorKind.ACTOR_KIND_ACCOUNT, seen.get(1).getActor().getKind());
      assertEquals(ann.accountId(), seen.get(1).getActor().getId());
      assertEquals(seen.get(1).getSequence(), sent.getSequence());
      assertEquals(Long.toString(sent.getSequence()), sent.getMessageId());
      assertEquals("host", seen.get(2).getChat().getUser());
      assertEquals(ActorKind.ACTOR_KIND_AGENT, seen.get(2).getActor().getKind());
    }
  }

  @Test
  void aRepeatedRequestIsTheSameMessageAndAnothersIsNot() {
    var request = request("once").setRequestId("r".repeat(64)).build();
    long first = ann.client().chat().sendMessage(request).getSequence();
    send(ben.client(), "between");
    assertEquals(first, ann.client().chat().sendMessage(request).getSequence());
    assertTrue(ben.client().chat().sendMessage(request).getSequence() > first, "ben's own");
    assertEquals(List.of("once", "between", "once"), texts(list().getMessagesList()));

    agent.end(session);
    assertEquals(
        first, ann.client().chat().sendMessage(request).getSequence(), "also when it is over");
  }

  @Test
  void aRequestThatComesManyTimesAtOnceIsOneMessage() {
    var request = request("together").setRequestId("many").build();
    List<Callable<Long>> tasks =
        IntStream.range(0, 8)
            .<Callable<Long>>mapToObj(
                i -> () -> ann.client().chat().sendMessage(request).getSequence())
            .toList();
    assertEquals(1, new HashSet<>(Together.run(tasks)).size());
    assertEquals(1, list().getMessagesCount());
  }

  @Test
  void aCallerSaysTenThingsAMinute() {
    for (int i = 0; i < 10; i++) {
      send(ann.client(), "m" + i);
    }
    Refused.with(ErrorReason.ERROR_REASON_RATE_LIMITED, () -> send(ann.client(), "too much"));
    send(ben.client(), "my turn");
    server.bean(MovableClock.class).advance(Duration.ofSeconds(61));
    send(ann.client(), "again");
    assertEquals(12, list().getMessagesCount());
  }

  @Test
  void onlyWhoIsKnownSpeaksAndOnlyUntilTheEnd() {
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_MISSING, () -> send(server.nobody(), "hi"));
    Client watcher = server.as(ann.key(KeyScope.KEY_SCOPE_WATCH).getApiKey());
    Refused.with(ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT, () -> send(watcher, "hi"));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> send(ann.client(), ""));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> send(ann.client(), "x".repeat(4_001)));
    long last = send(ann.client(), "😀".repeat(4_000)).getSequence();
    agent.end(session);
    Refused.with(ErrorReason.ERROR_REASON_STREAM_ENDED, () -> send(ann.client(), "late"));
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_ENDED, () -> react(ann.client(), last, "👍", false));
    assertEquals(1, list().getMessagesCount(), "what was said stays");
  }

  @Test
  void aPrivateSessionHasNoRoomForStrangers() {
    session =
        agent
            .client()
            .sessions()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setProjectId(agent.projectId())
                    .setVisibility(Visibility.VISIBILITY_PRIVATE)
                    .build())
            .getSession()
            .getSessionId();
    long message = send(agent.client(), "among us").getSequence();
    Refused.with(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, () -> send(ann.client(), "hi"));
    Refused.with(
        ErrorReason.ERROR_REASON_SESSION_NOT_FOUND,
        () -> react(ann.client(), message, "👍", false));
    Refused.with(
        ErrorReason.ERROR_REASON_SESSION_NOT_FOUND,
        () ->
            server
                .nobody()
                .chat()
                .listMessages(ListMessagesRequest.newBuilder().setSessionId(session).build()));
  }

  @Test
  void reactionsArePutOnceByEachAndTakenBack() {
    long message = send(ann.client(), "look").getSequence();
    send(ann.client(), "another");
    react(ben.client(), message, "👍", false);
    react(ben.client(), message, "👍", false);
    react(ann.client(), message, "🎉", false);
    react(ann.client(), message, "👍", false);
    assertEquals(
        List.of(count("👍", 2, true), count("🎉", 1, false)), reactions(ben.client(), message));
    assertEquals(
        List.of(count("👍", 2, false), count("🎉", 1, false)), reactions(server.nobody(), message));

    react(ben.client(), message, "👍", true);
    react(ben.client(), message, "👍", true);
    react(ann.client(), message, "🎉", true);
    assertEquals(List.of(count("👍", 1, false)), reactions(ben.client(), message));
    react(ben.client(), message, "👍", false);
    assertEquals(List.of(count("👍", 2, true)), reactions(ben.client(), message));

    assertEquals(
        6,
        server.nobody().everything(session).stream().filter(Event::hasReaction).count(),
        "what changes nothing is not written");
  }

  @Test
  void oneReactionThatComesManyTimesAtOnceIsOneEvent() {
    long message = send(ann.client(), "look").getSequence();
    Together.run(8, i -> react(ben.client(), message, "👍", false));
    assertEquals(
        1, server.nobody().everything(session).stream().filter(Event::hasReaction).count());
  }

  @Test
  void onlyMessagesAreReactedTo() {
    agent.append(session, Events.log(1, "a line"));
    for (long sequence : List.of(1L, 2L, 3L, 1L << 40)) {
      Refused refused =
          Refused.with(
              ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND,
              () -> react(ann.client(), sequence, "👍", false));
      assertEquals(Long.toString(sequence), refused.metadata("sequence"));
    }
    long message = send(ann.client(), "look").getSequence();
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> react(ann.client(), message, "x".repeat(17), false));
  }

  @Test
  void messagesAreReadBackInPagesThatMissNone() {
    for (int i = 0; i < 9; i++) {
      send(ann.client(), "m" + i);
      agent.append(session, "p" + i, List.of(Events.log(1, "between")));
    }
    var read = new ArrayList<ChatMessage>();
    var request = ListMessagesRequest.newBuilder().setSessionId(session).setLimit(4);
    ListMessagesResponse page;
    do {
      page = server.nobody().chat().listMessages(request.build());
      read.addAll(page.getMessagesList());
      request.setBeforeSequence(read.getLast().getSequence());
    } while (page.getHasMore());
    assertEquals(List.of("m8", "m7", "m6", "m5", "m4", "m3", "m2", "m1", "m0"), texts(read));
    assertEquals("ann", read.getFirst().getUser());
  }

  @Test
  void messagesAreFoundByTime() {
    var clock = server.bean(MovableClock.class);
    send(ann.client(), "early");
    clock.advance(Duration.ofMinutes(5));
    Timestamp between = Timestamp.newBuilder().setSeconds(clock.instant().getEpochSecond()).build();
    clock.advance(Duration.ofMinutes(5));
    send(ann.client(), "late");
    var request = ListMessagesRequest.newBuilder().setSessionId(session).setBefore(between);
    assertEquals(
        List.of("early"),
        texts(server.nobody().chat().listMessages(request.build()).getMessagesList()));
    request.setBefore(Timestamp.newBuilder().setSeconds(1));
    assertEquals(0, server.nobody().chat().listMessages(request.build()).getMessagesCount());
    request.setBefore(list().getMessages(0).getSentAt());
    assertEquals(
        List.of("early"),
        texts(server.nobody().chat().listMessages(request.build()).getMessagesList()),
        "before means before");
  }

  @Test
  void aPageOfLongMessagesIsWhole() {
    for (int i = 0; i < 30; i++) {
      if (i % 10 == 0) {
        server.bean(MovableClock.class).advance(Duration.ofSeconds(61));
      }
      send(ann.client(), "😀".repeat(3_990) + i);
    }
    ListMessagesResponse page = list();
    assertEquals(30, page.getMessagesCount());
    assertFalse(page.getHasMore());
  }

  @Test
  void aSecretIsMaskedAndMarkupStaysText() {
    send(ann.client(), "my key is ghp_0123456789abcdefghijABCDEFGHIJ012345, use it");
    String markup =
        "<img src=x onerror=alert(1)>\u0000<script>alert('x')</script> [a](javascript:1)";
    send(ann.client(), markup);
    List<String> texts = texts(list().getMessagesList());
    assertEquals(markup, texts.getFirst());
    assertFalse(texts.getLast().contains("ghp_"), texts.getLast());
    assertTrue(texts.getLast().contains("[masked:"), texts.getLast());
  }

  private SendMessageRequest.Builder request(String message) {
    return SendMessageRequest.newBuilder().setSessionId(session).setMessage(message);
  }

  private SendMessageResponse send(Client by, String message) {
    return by.chat().sendMessage(request(message).build());
  }

  private void react(Client by, long message, String emoji, boolean remove) {
    var unused =
        by.chat()
            .react(
                ReactRequest.newBuilder()
                    .setSessionId(session)
                    .setSequence(message)
                    .setEmoji(emoji)
                    .setRemove(remove)
                    .build());
  }

  private ListMessagesResponse list() {
    return list(server.nobody());
  }

  private ListMessagesResponse list(Client by) {
    return by.chat().listMessages(ListMessagesRequest.newBuilder().setSessionId(session).build());
  }

  private List<ReactionCount> reactions(Client by, long message) {
    return list(by).getMessagesList().stream()
        .filter(m -> m.getSequence() == message)
        .findFirst()
        .orElseThrow()
        .getReactionsList();
  }

  private static ReactionCount count(String emoji, int count, boolean mine) {
    return ReactionCount.newBuilder().setEmoji(emoji).setCount(count).setMine(mine).build();
  }

  private static List<String> texts(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::getMessage).toList();
  }
}
