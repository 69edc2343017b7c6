package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.DeleteMessageRequest;
import io.clawlive.rooms.v1.EditMessageRequest;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.ListRoomMessagesResponse;
import io.clawlive.rooms.v1.ReactInRoomRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesRequest;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.SpectatorChat;
import io.clawlive.streams.v1.WatchRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoomChatTest {
  private static TestServer server;
  private static Client ann;
  private static Client ben;
  private static Client cat;
  private static Client eve;
  private static Worker bot;
  private TestRoom room;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "clawlive.identity.recheck-interval=200ms", "clawlive.rooms.sweep-interval=200ms");
    ann = server.person("ann").client();
    ben = server.person("ben").client();
    cat = server.person("cat").client();
    eve = server.person("eve").client();
    bot = server.person("botowner").worker("bot");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    room = TestRoom.open(ann);
    room.join(ben);
    room.join(cat);
    room.join(bot.client());
  }

  private List<String> read(Client who) {
    return list(who, ListRoomMessagesRequest.newBuilder()).getMessagesList().stream()
        .map(ChatMessage::getMessage)
        .toList();
  }

  private ListRoomMessagesResponse list(Client who, ListRoomMessagesRequest.Builder request) {
    return who.chat().listRoomMessages(request.setRoomId(room.id()).build());
  }

  private List<String> watched(Client who) {
    try (var watching =
        who.watch(WatchRequest.newBuilder().setStreamId(room.id()).setStopWhenCaughtUp(true))) {
      return watching.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP).stream()
          .filter(Event::hasChat)
          .map(event -> event.getChat().getMessage())
          .toList();
    }
  }

  @Test
  void eachMessageIsReadByThoseItIsForWhicheverWayTheyLook() {
    room.say(ann, "to all");
    room.say(ann, "to members", ChatVisibility.CHAT_VISIBILITY_MEMBERS);
    room.say(ann, "to ben", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");

    for (var looks :
        List.<java.util.function.Function<Client, List<String>>>of(
            this::read,
            this::watched,
            who ->
                who.everything(room.id()).stream()
                    .filter(Event::hasChat)
                    .map(event -> event.getChat().getMessage())
                    .toList(),
            who ->
                room.context(who).getMessagesList().stream().map(ChatMessage::getMessage).toList(),
            who ->
                who
                    .streams()
                    .search(
                        SearchRequest.newBuilder().setStreamId(room.id()).setQuery("to").build())
                    .getEventsList()
                    .stream()
                    .filter(Event::hasChat)
                    .map(event -> event.getChat().getMessage())
                    .toList()
                    .reversed())) {
      assertEquals(List.of("to all", "to members", "to ben"), looks.apply(ann));
      assertEquals(List.of("to all", "to members", "to ben"), looks.apply(ben));
      assertEquals(List.of("to all", "to members"), looks.apply(cat));
      assertEquals(List.of("to all", "to members"), looks.apply(bot.client()));
      assertEquals(List.of("to all", "to members"), looks.apply(server.admin()));
      assertEquals(List.of("to all"), looks.apply(eve));
      assertEquals(List.of("to all"), looks.apply(server.nobody()));
    }
  }

  @Test
  void whatComesWhileOneWatchesIsHeldBackJustTheSame() {
    try (var watching = server.nobody().watch(room.id());
        var inside = cat.watch(room.id())) {
      watching.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP);
      inside.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP);
      room.say(ann, "for ben", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");
      room.say(ann, "inside", ChatVisibility.CHAT_VISIBILITY_MEMBERS);
      room.say(ann, "open");

      assertEquals("open", watching.take(1).getFirst().getChat().getMessage());
      assertEquals(
          List.of("inside", "open"),
          inside.take(2).stream().map(event -> event.getChat().getMessage()).toList());
    }
  }

  @Test
  void mentionsAreReadFromTheTextAndNotFromCode() {
    room.say(ann, "@bot please ask @BEN, not a@bot.example nor `@cat` nor\n```\n@cat\n```");
    room.say(ann, "all @agents");
    room.say(ann, "@all of you, @nobody-here too");

    List<ChatMessage> messages = list(ann, ListRoomMessagesRequest.newBuilder()).getMessagesList();
    assertEquals(List.of("bot", "ben"), handles(messages.get(0)));
    assertEquals(List.of("bot"), handles(messages.get(1)));
    assertEquals(List.of("ann", "ben", "cat", "bot"), handles(messages.get(2)));
  }

  private static List<String> handles(ChatMessage message) {
    return message.getMentionsList().stream().map(Party::getHandle).toList();
  }

  @Test
  void editsAndDeletionsLeaveATrace() {
    long first = room.say(ann, "frist");
    long second = room.say(ben, "rude");
    edit(ann, room.id(), first, "first");
    edit(ann, room.id(), first, "first");
    delete(ann, room.id(), second);
    delete(ann, room.id(), second);

    List<ChatMessage> messages = list(eve, ListRoomMessagesRequest.newBuilder()).getMessagesList();
    assertEquals("first", messages.get(0).getMessage());
    assertTrue(messages.get(0).getEdited());
    assertTrue(messages.get(0).hasChangedAt());
    assertEquals("", messages.get(1).getMessage());
    assertTrue(messages.get(1).getDeleted());
    assertEquals(2, room.log(ann).stream().filter(Event::hasChatChange).count());
    Refused.with(
        ErrorReason.ERROR_REASON_MESSAGE_NOT_YOURS, () -> edit(ben, room.id(), first, "mine"));
    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_YOURS, () -> delete(ben, room.id(), first));
    Refused.with(
        ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND, () -> edit(ben, room.id(), second, "again"));
    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND, () -> delete(ann, room.id(), 1));
  }

  private static void edit(Client who, String stream, long sequence, String text) {
    var unused =
        who.chat()
            .editMessage(
                EditMessageRequest.newBuilder()
                    .setStreamId(stream)
                    .setSequence(sequence)
                    .setMessage(text)
                    .build());
  }

  private static void delete(Client who, String stream, long sequence) {
    var unused =
        who.chat()
            .deleteMessage(
                DeleteMessageRequest.newBuilder()
                    .setStreamId(stream)
                    .setSequence(sequence)
                    .build());
  }

  @Test
  void aChangeOfADirectMessageIsAsHiddenAsTheMessage() {
    long direct = room.say(ann, "psst", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");
    edit(ann, room.id(), direct, "psst!");

    assertEquals(1, room.log(ben).stream().filter(Event::hasChatChange).count());
    assertEquals(0, room.log(cat).stream().filter(Event::hasChatChange).count());
    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND, () -> delete(cat, room.id(), direct));
  }

  @Test
  void messagesBesideASessionAreEditedAndDeletedByTheSameMeans() {
    Session session = bot.start();
    String id = session.getSessionId();
    long said =
        ann.chat()
            .sendMessage(
                SendMessageRequest.newBuilder().setSessionId(id).setMessage("helo").build())
            .getSequence();
    edit(ann, id, said, "hello");
    assertEquals("hello", session(id).getMessage());
    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_YOURS, () -> delete(ben, id, said));
    delete(bot.client(), id, said);
    assertTrue(session(id).getDeleted());
    bot.end(id);
    Refused.with(ErrorReason.ERROR_REASON_STREAM_ENDED, () -> edit(ann, id, said, "late"));
  }

  private static ChatMessage session(String id) {
    return ann.chat()
        .listMessages(ListMessagesRequest.newBuilder().setSessionId(id).build())
        .getMessages(0);
  }

  @Test
  void anAnswerJoinsTheThreadAndItsAudience() {
    long first = room.say(ann, "shall we?", ChatVisibility.CHAT_VISIBILITY_MEMBERS);
    long answer = answer(ben, first, "yes");
    answer(cat, answer, "me too");
    room.say(ann, "something else");

    var thread = list(ann, ListRoomMessagesRequest.newBuilder().setThread(first));
    assertEquals(
        List.of("shall we?", "yes", "me too"),
        thread.getMessagesList().stream().map(ChatMessage::getMessage).toList());
    assertEquals(2, thread.getMessages(0).getReplies());
    assertEquals(first, thread.getMessages(2).getThread());
    assertEquals(List.of("something else"), read(eve), "an answer to members is for members");
    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND, () -> answer(ann, 1, "to what?"));

    long direct = room.say(ann, "ben?", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");
    answer(ben, direct, "here");
    assertTrue(read(ann).contains("here"));
    assertFalse(read(cat).contains("here"));
  }

  private long answer(Client who, long to, String text) {
    return who.chat()
        .sendRoomMessage(
            SendRoomMessageRequest.newBuilder()
                .setRoomId(room.id())
                .setMessage(text)
                .setThread(to)
                .build())
        .getSequence();
  }

  @Test
  void aHistoryIsReadBothWaysWithoutAHole() {
    for (int i = 1; i <= 25; i++) {
      room.say(ann, "m" + i);
      room.say(ann, "secret", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");
    }

    var newest = list(cat, ListRoomMessagesRequest.newBuilder().setLimit(10));
    assertEquals("m16", newest.getMessages(0).getMessage());
    assertTrue(newest.getHasMore());
    var before =
        list(
            cat,
            ListRoomMessagesRequest.newBuilder()
                .setLimit(20)
                .setBeforeSequence(newest.getMessages(0).getSequence()));
    assertEquals(15, before.getMessagesCount());
    assertFalse(before.getHasMore());
    var after = list(cat, ListRoomMessagesRequest.newBuilder().setLimit(10).setAfterSequence(0));
    assertEquals("m1", after.getMessages(0).getMessage());
    assertEquals("m10", after.getMessages(9).getMessage());
    assertTrue(after.getHasMore());
  }

  @Test
  void aSearchFindsWhatOneMayReadAndNothingElse() {
    room.say(ann, "the Zeppelin lands");
    room.say(ann, "zeppelin for members", ChatVisibility.CHAT_VISIBILITY_MEMBERS);
    room.say(ann, "zeppelin for ben", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");

    assertEquals(3, found(ben));
    assertEquals(2, found(cat));
    assertEquals(1, found(server.nobody()));
  }

  @Test
  void anEditedMessageIsFoundByWhatItSaysNowAndADeletedOneNoMore() {
    long edited = room.say(ann, "the zepelin");
    edit(ann, room.id(), edited, "the airship");
    edit(ann, room.id(), edited, "the zeppelin");
    long deleted = room.say(ann, "another zeppelin");
    delete(ann, room.id(), deleted);

    assertEquals(1, found(cat, "zeppelin"));
    assertEquals(0, found(cat, "zepelin"));
    assertEquals(0, found(cat, "airship"));
  }

  private int found(Client who) {
    return found(who, "zeppelin");
  }

  private int found(Client who, String words) {
    return who.chat()
        .searchRoomMessages(
            SearchRoomMessagesRequest.newBuilder().setRoomId(room.id()).setQuery(words).build())
        .getMessagesCount();
  }

  @Test
  void theSameRequestIsOneMessage() {
    var request =
        SendRoomMessageRequest.newBuilder()
            .setRoomId(room.id())
            .setMessage("once")
            .setRequestId("r1")
            .build();

    long first = ann.chat().sendRoomMessage(request).getSequence();

    assertEquals(first, ann.chat().sendRoomMessage(request).getSequence());
    assertEquals(List.of("once"), read(ann));
  }

  @Test
  void reactionsAreForThoseWhoReadTheMessage() {
    long direct = room.say(ann, "secret", ChatVisibility.CHAT_VISIBILITY_DIRECT, "ben");
    var request =
        ReactInRoomRequest.newBuilder()
            .setRoomId(room.id())
            .setSequence(direct)
            .setEmoji("👀")
            .build();

    Refused.with(ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND, () -> cat.chat().reactInRoom(request));
    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER, () -> eve.chat().reactInRoom(request));
    var unused = ben.chat().reactInRoom(request);
    assertEquals(
        1,
        list(ben, ListRoomMessagesRequest.newBuilder()).getMessages(0).getReactions(0).getCount());
  }

  @Test
  void aRoomTakesSoManyMessagesAMinute() {
    TestRoom quiet = TestRoom.with(ann, RoomSettings.newBuilder().setMessagesPerMinute(3));
    for (int i = 0; i < 3; i++) {
      quiet.say(ann, "m");
    }

    Refused refused =
        Refused.with(ErrorReason.ERROR_REASON_RATE_LIMITED, () -> quiet.say(ann, "too much"));

    assertEquals("3", refused.metadata("limit"));
    assertTrue(refused.detail(com.google.rpc.RetryInfo.class).isPresent());
  }

  @Test
  void whatCannotBeIsRefused() {
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> room.say(ann, "x".repeat(4_001)));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> room.say(ann, "to nobody", ChatVisibility.CHAT_VISIBILITY_DIRECT));
    Refused.with(
        ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND,
        () -> room.say(ann, "to eve", ChatVisibility.CHAT_VISIBILITY_DIRECT, "eve"));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> room.say(ann, "x", ChatVisibility.CHAT_VISIBILITY_ROOM, "ben"));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> room.say(ann, "x", ChatVisibility.CHAT_VISIBILITY_SPECTATORS));
    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER_YET, () -> room.say(eve, "let me in"));
  }

  @Test
  void spectatorsTalkAsTheRoomSaysTheyMay() {
    room =
        TestRoom.with(
            ann, RoomSettings.newBuilder().setSpectatorChat(SpectatorChat.SPECTATOR_CHAT_ISOLATED));
    room.say(eve, "@ann can you hear us?");
    assertEquals(List.of("@ann can you hear us?"), read(cat));
    assertEquals(List.of(), read(ann));

    room =
        TestRoom.with(
            ann, RoomSettings.newBuilder().setSpectatorChat(SpectatorChat.SPECTATOR_CHAT_VISIBLE));
    room.say(eve, "@ann can you hear us?");
    ChatMessage heard = list(ann, ListRoomMessagesRequest.newBuilder()).getMessages(0);
    assertTrue(heard.getFromSpectator());
    assertEquals(0, heard.getMentionsCount(), "a spectator calls nobody");
    room.lookOn(cat);
    room.say(cat, "hello");
  }

  @Test
  void whoIsSentAwayWhileWatchingIsToldToLookAgain() {
    var ended = new AtomicReference<ErrorReason>();
    try (var watching = ben.watch(room.id())) {
      watching.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP);
      var unused =
          ann.rooms()
              .removeMember(
                  io.clawlive.rooms.v1.RemoveMemberRequest.newBuilder()
                      .setRoomId(room.id())
                      .setMemberId("ben")
                      .build());
      ended.set(end(watching));
    }
    assertEquals(ErrorReason.ERROR_REASON_AUDIENCE_CHANGED, ended.get());
  }

  @Test
  void spectatorsAreCountedAndSentAwayWhenTheRoomTurnsPrivate() {
    try (var watching = server.nobody().watch(room.id());
        var other = eve.watch(room.id())) {
      watching.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP);
      other.until(io.clawlive.streams.v1.WatchResponse.MarkCase.CAUGHT_UP);
      assertEquals(2, room.context(ann).getRoom().getSpectators());
      Together.soon(
          "the peak is noted",
          Duration.ofSeconds(10),
          () ->
              server
                  .database()
                  .read(
                      "SELECT spectators_peak FROM room_audiences WHERE room_id = '%s'"
                          .formatted(room.id()))
                  .equals(List.of("2")));
      var unused =
          ann.rooms()
              .updateRoom(
                  UpdateRoomRequest.newBuilder()
                      .setRoomId(room.id())
                      .setVisibility(Visibility.VISIBILITY_PRIVATE)
                      .build());

      assertEquals(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, end(watching));
      assertEquals(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, end(other));
    }
    Together.soon(
        "nobody looks on any more",
        Duration.ofSeconds(10),
        () -> room.context(ann).getRoom().getSpectators() == 0);
    assertEquals(2, room.context(ann).getRoom().getSpectatorsPeak());
    Refused.with(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, () -> read(eve));
  }

  private static ErrorReason end(io.clawlive.server.testing.Watching watching) {
    try {
      while (true) {
        watching.next();
      }
    } catch (StatusRuntimeException e) {
      return Refused.of(e).reason();
    }
  }

  @Test
  void aRoomMayRefuseSpectators() {
    TestRoom closed = TestRoom.with(ann, RoomSettings.newBuilder().setSpectatorsRefused(true));

    Refused.with(ErrorReason.ERROR_REASON_SPECTATORS_REFUSED, () -> closed.log(eve));
    Refused.with(ErrorReason.ERROR_REASON_SPECTATORS_REFUSED, () -> closed.lookOn(eve));
    closed.join(eve);
    assertFalse(closed.log(eve).isEmpty());
  }
}
