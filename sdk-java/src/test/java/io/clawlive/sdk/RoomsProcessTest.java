package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.Decision;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkState;
import io.clawlive.streams.v1.WorkSubmission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rooms and agents in them over the real server, which is killed under them. */
@Timeout(120)
class RoomsProcessTest {
  @TempDir static Path home;

  private static ServerUnderTest server;
  private static ClawLive host;
  private static int agents;

  @BeforeAll
  static void start() {
    server = new ServerUnderTest(home);
    host = ClawLive.connect(server.address(), server.token());
  }

  @AfterAll
  static void stop() {
    host.close();
    server.close();
  }

  /** An agent with a client of its own. */
  private record Bot(String handle, String id, String key, ClawLive live) {}

  private static Bot bot() {
    String handle = "bot-" + ++agents;
    var made = host.agents().register(handle);
    return new Bot(
        handle,
        made.getAgentId(),
        made.getApiKey(),
        ClawLive.connect(server.address(), made.getApiKey()));
  }

  private static String roomOf(Bot bot) {
    String id = host.rooms().create("Room of " + bot.handle()).getRoomId();
    host.rooms().invitations().invite(id, bot.handle());
    Member member = bot.live().rooms().join(id);
    assertEquals(bot.handle(), member.getParty().getHandle());
    return id;
  }

  @Test
  void aRoomIsMadeOnceFoundChangedMovedAndDeleted() {
    CreateRoomRequest request =
        CreateRoomRequest.newBuilder().setName("Found again").setRequestId("same").build();
    Room room = host.rooms().create(request);
    assertEquals(room.getRoomId(), host.rooms().create(request).getRoomId());
    String id = room.getRoomId();
    List<Room> found =
        StreamSupport.stream(
                host.rooms()
                    .list(ListRoomsRequest.newBuilder().setQuery("found again").build())
                    .spliterator(),
                false)
            .toList();
    assertEquals(List.of(id), found.stream().map(Room::getRoomId).toList());
    host.rooms().update(UpdateRoomRequest.newBuilder().setRoomId(id).setName("Renamed").build());
    host.rooms().move(id, RoomState.ROOM_STATE_LOBBY, "");
    assertEquals("Renamed", host.rooms().get(id).getFacts().getName());
    FailedPreconditionException refused =
        assertThrows(
            FailedPreconditionException.class,
            () -> host.rooms().move(id, RoomState.ROOM_STATE_COMPLETED, ""));
    assertEquals("ROOM_TRANSITION_REFUSED", refused.reason());
    try (EventStream watch = host.rooms().watch(id)) {
      assertEquals(1, watch.iterator().next().sequence());
      host.rooms().delete(id);
      List<String> kinds = new ArrayList<>();
      watch.forEach(event -> kinds.add(event.kind()));
      assertEquals("room", kinds.get(kinds.size() - 1));
    }
    assertThrows(NotFoundException.class, () -> host.rooms().get(id));
  }

  @Test
  void whatIsSaidIsReadBackBothWaysEditedFoundAndHidden() {
    Bot bot = bot();
    String id = roomOf(bot);
    long first = host.rooms().chat().send(id, "alpha @" + bot.handle()).getSequence();
    IntStream.range(0, 120).forEach(i -> host.rooms().chat().send(id, "line " + i));
    long secret =
        host.rooms()
            .chat()
            .send(
                SendRoomMessageRequest.newBuilder()
                    .setRoomId(id)
                    .setMessage("between us")
                    .setVisibility(ChatVisibility.CHAT_VISIBILITY_DIRECT)
                    .addRecipients(bot.handle())
                    .build())
            .getSequence();
    List<Long> forward = new ArrayList<>();
    host.rooms().chat().after(id, first).forEach(it -> forward.add(it.getSequence()));
    List<Long> backward = new ArrayList<>();
    host.rooms().chat().newestFirst(id).forEach(it -> backward.add(it.getSequence()));
    assertEquals(122, backward.size());
    Collections.reverse(backward);
    assertEquals(backward.subList(1, backward.size()), forward);

    host.rooms().chat().edit(id, first, "omega @" + bot.handle());
    bot.live().rooms().chat().react(id, first, "👍");
    assertEquals(
        first + 78, host.rooms().chat().search(id, "line 77").iterator().next().getSequence());
    ChatMessage edited = host.rooms().chat().after(id, first - 1).iterator().next();
    assertEquals("omega @" + bot.handle(), edited.getMessage());
    assertTrue(edited.getEdited());
    assertEquals(1, edited.getReactions(0).getCount());
    assertThrows(
        NotAllowedException.class, () -> bot.live().rooms().chat().edit(id, first, "mine"));
    host.rooms().chat().delete(id, first);

    try (ClawLive nobody = ClawLive.connect(server.address());
        EventStream watch =
            nobody.rooms().watch(id, WatchOptions.fromStart().withStopWhenCaughtUp())) {
      List<StreamEvent> seen = new ArrayList<>();
      watch.forEach(seen::add);
      assertTrue(seen.stream().noneMatch(it -> it.sequence() == secret), "it is hidden");
      assertTrue(seen.stream().noneMatch(it -> it.kind().equals("invitation")), "so is this");
      assertTrue(seen.size() > 120, "holes are no reason to stop: " + seen.size());
    }
  }

  @Test
  void aWatcherWhoComesInSeesOnAndWhatItMaySeeNow() {
    Bot bot = bot();
    String id = host.rooms().create("Watched").getRoomId();
    try (EventStream watch = bot.live().rooms().watch(id)) {
      List<String> texts = Collections.synchronizedList(new ArrayList<>());
      Thread reader =
          new Thread(() ->
              watch.forEach(event -> {
                if (event.payload() instanceof EventPayload.Chat chat) {
                  texts.add(chat.message());
                }
              }));
      reader.setDaemon(true);
      reader.start();
      host.rooms().chat().send(id, "to all");
      await(() -> texts.contains("to all"));
      bot.live().rooms().join(id);
      host.rooms()
          .chat()
          .send(
              SendRoomMessageRequest.newBuilder()
                  .setRoomId(id)
                  .setMessage("to members")
                  .setVisibility(ChatVisibility.CHAT_VISIBILITY_MEMBERS)
                  .build());
      await(() -> texts.contains("to members"));
      assertEquals(List.of("to all", "to members"), texts);
    }
  }

  @Test
  void aTaskIsDoneDecidedOnAndMerged() {
    Bot bot = bot();
    Bot other = bot();
    String id = roomOf(bot);
    other.live().rooms().join(id);
    Task task = host.tasks().create(id, "Make it work");
    assertEquals(
        TaskState.TASK_STATE_CLAIMED, bot.live().tasks().claim(id, task.getTaskId()).getState());
    FailedPreconditionException taken =
        assertThrows(
            FailedPreconditionException.class,
            () -> other.live().tasks().claim(id, task.getTaskId()));
    assertEquals("TASK_TAKEN", taken.reason());
    bot.live().tasks().start(id, task.getTaskId());
    SubmitWorkResponse submitted =
        bot.live()
            .tasks()
            .submit(
                id,
                task.getTaskId(),
                WorkSubmission.newBuilder().setBranch("work").setRequestsReview(true).build());
    assertTrue(submitted.getApprovalId() > 0);
    assertEquals(
        1,
        StreamSupport.stream(host.tasks().approvals().list(id, true).spliterator(), false).count());
    host.tasks()
        .approvals()
        .decide(id, submitted.getApprovalId(), Decision.DECISION_APPROVE, "good");
    host.tasks().move(id, task.getTaskId(), TaskMove.TASK_MOVE_MERGE, "");
    Task merged = host.tasks().list(id, TaskState.TASK_STATE_MERGED).iterator().next();
    assertEquals(task.getTaskId(), merged.getTaskId());
    assertEquals(1, host.users().get(bot.handle()).getTasksMerged());
    assertEquals(
        WorkState.WORK_STATE_PAUSED,
        host.rooms()
            .members()
            .steer(id, bot.handle(), SteeringAction.STEERING_ACTION_PAUSE, "")
            .getWork());
  }

  @Test
  void aLinkLetsInAndADeviceIsThereUntilItIsClosed() {
    Bot bot = bot();
    String id =
        host.rooms()
            .create(
                CreateRoomRequest.newBuilder()
                    .setName("By link")
                    .setActive(true)
                    .setVisibility(io.clawlive.identity.v1.Visibility.VISIBILITY_PRIVATE)
                    .build())
            .getRoomId();
    String secret =
        host.rooms()
            .invitations()
            .create(CreateInvitationRequest.newBuilder().setRoomId(id).setUses(2).build())
            .getSecret();
    assertThrows(
        NotAllowedException.class,
        () ->
            bot.live()
                .rooms()
                .join(JoinRoomRequest.newBuilder().setRoomId(id).setInvitation("no").build()));
    bot.live()
        .rooms()
        .join(JoinRoomRequest.newBuilder().setRoomId(id).setInvitation(secret).build());
    RoomPresence here = bot.live().rooms().presence(id);
    await(() -> presence(id, bot) == Presence.PRESENCE_ACTIVE);
    here.active(false);
    await(() -> presence(id, bot) == Presence.PRESENCE_IDLE);
    here.close();
    await(() -> presence(id, bot) == Presence.PRESENCE_OFFLINE);
    bot.live().rooms().leave(id);
    try (RoomPresence nowhere = bot.live().rooms().presence(id)) {
      await(() -> nowhere.failure().isPresent());
    }
  }

  @Test
  void tablesAreRebuiltWithProgress() {
    host.rooms().create("Rebuilt");
    try (RoomsRebuild rebuild =
        host.rooms().rebuild(RebuildRoomsRequest.newBuilder().setCompareOnly(true).build())) {
      int done = 0;
      for (var it : rebuild) {
        assertEquals(List.of(), it.getDifferencesList(), it.getRoomId());
        done = it.getDone();
        assertTrue(done <= it.getRooms());
      }
      assertTrue(done >= 1);
    }
  }

  @Test
  void theAgentOfTheGuideAnswersAndDoesWhatIsToBeDone() throws Exception {
    Bot bot = bot();
    String id = roomOf(bot);
    Path folder = Files.createDirectories(home.resolve(bot.handle()));
    Process agent = exampleAgent(bot, folder);
    try {
      host.rooms().chat().send(id, "@" + bot.handle() + " hello");
      await(() -> said(id, bot).size() == 1);
      Task task = host.tasks().create(id, "count to ten");
      await(() -> host.tasks().get(id, task.getTaskId()).getState() == TaskState.TASK_STATE_REVIEW);
      agent.destroyForcibly().waitFor();
      host.rooms().chat().send(id, "@" + bot.handle() + " while you were away");
      agent = exampleAgent(bot, folder);
      await(() -> said(id, bot).size() == 2);
      assertEquals(2, said(id, bot).size());
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void underAServerThatDiesNothingIsLostAndNothingHandledTwice() {
    Bot bot = bot();
    String id = roomOf(bot);
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    try (AgentChannel agent =
        bot.live()
            .agentChannel()
            .onMessage((me, message) -> {
              handled.add(message.text());
              if (message.text().endsWith("7")) {
                me.reply(message, "seven").join();
              }
            })
            .open()) {
      agent.welcomed().join();
      say(id, 0, 20);
      server.kill();
      server.start();
      say(id, 20, 40);
      server.kill();
      server.start();
      say(id, 40, 50);
      await(() -> handled.contains("m49"));
      assertEquals(IntStream.range(0, 50).mapToObj(i -> "m" + i).toList(), handled);
      await(() -> said(id, bot).size() == 5);
      assertEquals(ConnectionState.CONNECTED, agent.state());
    }
  }

  @Test
  void theNewerOfTwoChannelsCountsAndTheOlderIsToldWhy() {
    Bot bot = bot();
    String id = roomOf(bot);
    try (AgentChannel older = bot.live().agentChannel().open()) {
      older.welcomed().join();
      try (ClawLive elsewhere = ClawLive.connect(server.address(), bot.key());
          AgentChannel newer = elsewhere.agentChannel().open()) {
        SupersededException told = assertThrows(SupersededException.class, older::awaitEnd);
        assertEquals("AGENT_SUPERSEDED", told.reason());
        assertTrue(newer.say(id, "it is me now").join() > 0);
      }
    }
    bot.live().close();
  }

  @Test
  void whatIsRefusedOnAChannelHasItsTypeAndTheChannelGoesOn() {
    Bot bot = bot();
    Bot other = bot();
    String id = roomOf(bot);
    other.live().rooms().join(id);
    Task task = host.tasks().create(id, "only one can");
    other.live().tasks().claim(id, task.getTaskId());
    try (AgentChannel agent = bot.live().agentChannel().open()) {
      CompletionException taken =
          assertThrows(CompletionException.class, () -> agent.claim(id, task.getTaskId()).join());
      assertEquals(
          "TASK_TAKEN",
          assertInstanceOf(FailedPreconditionException.class, taken.getCause()).reason());
      CompletionException nowhere =
          assertThrows(CompletionException.class, () -> agent.claim(id, 99).join());
      assertInstanceOf(NotFoundException.class, nowhere.getCause());
      assertTrue(agent.say(id, "never mind").join() > 0);
    }
    await(() -> presence(id, bot) == Presence.PRESENCE_OFFLINE);
  }

  @Test
  void anAgentBeginsWithTheRoomsItIsInAndComesIntoOthers() {
    Bot bot = bot();
    String id = roomOf(bot);
    String later = host.rooms().create("Later").getRoomId();
    List<String> rooms = Collections.synchronizedList(new ArrayList<>());
    List<String> left = Collections.synchronizedList(new ArrayList<>());
    try (AgentChannel agent =
        bot.live()
            .agentChannel()
            .capabilities("java", "git")
            .onRoom((me, room) -> rooms.add(name(room)))
            .onLeft((me, gone) -> left.add(gone.getRoomId()))
            .open()) {
      await(() -> rooms.size() == 1);
      agent.join(JoinRoomRequest.newBuilder().setRoomId(later).build()).join();
      await(() -> rooms.size() == 2);
      assertEquals(List.of("Room of " + bot.handle(), "Later"), rooms);
      await(() -> member(later, bot).getCapabilitiesList().equals(List.of("java", "git")));
      agent.leave(later).join();
      await(() -> left.equals(List.of(later)));
      host.rooms().members().remove(id, bot.handle(), "");
      await(() -> left.equals(List.of(later, id)));
      assertEquals(MemberRole.MEMBER_ROLE_HOST, host.rooms().get(id).getRole());
    }
  }

  private static String name(GetRoomContextResponse context) {
    return context.getRoom().getFacts().getName();
  }

  private static Process exampleAgent(Bot bot, Path folder) throws java.io.IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.clawlive.sdk.ExampleAgent")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile());
    builder.environment().put("CLAWLIVE_SERVER", server.address());
    builder.environment().put("CLAWLIVE_TOKEN", bot.key());
    return builder.start();
  }

  private static void say(String room, int from, int to) {
    IntStream.range(from, to).forEach(i -> host.rooms().chat().send(room, "m" + i));
  }

  private static List<String> said(String room, Bot bot) {
    return StreamSupport.stream(host.rooms().chat().after(room, 0).spliterator(), false)
        .filter(it -> it.getSender().getId().equals(bot.id()))
        .map(ChatMessage::getMessage)
        .toList();
  }

  private static Presence presence(String room, Bot bot) {
    return member(room, bot).getPresence();
  }

  private static Member member(String room, Bot bot) {
    return host.rooms().members().list(room).stream()
        .filter(it -> it.getParty().getId().equals(bot.id()))
        .findFirst()
        .orElse(Member.getDefaultInstance());
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not happen in 60 s");
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
