package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SpectatorChat;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskPriority;
import io.clawlive.streams.v1.TaskState;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages that make tasks. */
final class ChatTasksTest {
  private static TestServer server;
  private static Person ann;
  private static Person ben;
  private static Worker bob;
  private static Worker eve;

  @BeforeAll
  static void start() {
    server = TestServer.start(MovableClock.PROPERTY);
    ann = server.person("ann");
    ben = server.person("ben");
    bob = server.worker("bob");
    eve = server.worker("eve");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TaskRoom room(RoomSettings.Builder settings) {
    return TaskRoom.open(ann.client(), settings).with(ben.client(), bob.client(), eve.client());
  }

  private static TaskRoom room() {
    return room(RoomSettings.newBuilder());
  }

  /** The task of a message; it belongs to the message, which is chat as any other. */
  private static Task task(TaskRoom room, Client by, String message) {
    SendRoomMessageResponse sent = room.say(by, message);
    Task task = room.read(sent.getTaskId());
    assertEquals(List.of(sent.getSequence()), task.getContextList());
    Event said =
        room.events().stream()
            .filter(event -> event.getSequence() == sent.getSequence())
            .findFirst()
            .orElseThrow();
    assertEquals(message, said.getChat().getMessage());
    assertEquals(said.getChat().getUser(), task.getCreator().getHandle());
    return task;
  }

  @Test
  void aCommandMakesATaskForAnybodyOrForTheOneItNames() {
    TaskRoom room = room();
    Task open = task(room, ben.client(), "/task  fix the door ");
    assertEquals("fix the door", open.getTitle());
    assertEquals("", open.getDescription());
    assertEquals(TaskState.TASK_STATE_OPEN, open.getState());
    assertEquals(TaskPriority.TASK_PRIORITY_MEDIUM, open.getPriority());

    Task high = task(room, ben.client(), "/task !high @bob fix the @roof\n\nIt *leaks*.");
    assertEquals("fix the @roof", high.getTitle());
    assertEquals("fix the @roof\n\nIt *leaks*.", high.getDescription());
    assertEquals(TaskPriority.TASK_PRIORITY_HIGH, high.getPriority());
    assertEquals("bob", high.getAssignee().getHandle());
    assertFalse(high.hasReservedFor());
    assertEquals(
        TaskPriority.TASK_PRIORITY_LOW,
        task(room, bob.client(), "/task @Bob !low later").getPriority(),
        "by an agent, for itself, in any order");

    Task person = task(room, bob.client(), "/task @ben decide");
    assertEquals(TaskState.TASK_STATE_OPEN, person.getState());
    assertEquals("ben", person.getReservedFor().getHandle());
    var reserved =
        Refused.with(
            ErrorReason.ERROR_REASON_TASK_RESERVED,
            () -> room.claim(eve.client(), person.getTaskId()));
    assertEquals("ben", reserved.metadata("for"));
    room.claim(ben.client(), person.getTaskId());
    assertFalse(task(room, ben.client(), "/task @agents tidy up").hasReservedFor());
    Task cut = task(room, ben.client(), "/task " + "😀".repeat(201));
    assertEquals(200, cut.getTitle().codePointCount(0, cut.getTitle().length()));
    assertEquals("😀".repeat(201), cut.getDescription());
  }

  @Test
  void anAgentThatMayNotWorkFindsItsTaskReserved() {
    TaskRoom room = room();
    room.steer("bob", SteeringAction.STEERING_ACTION_PAUSE);
    Task steered = task(room, ben.client(), "/task @bob when you can");
    assertEquals("bob", steered.getReservedFor().getHandle());
    room.steer("bob", SteeringAction.STEERING_ACTION_RESUME);
    room.become(RoomState.ROOM_STATE_PAUSED);
    assertEquals("eve", task(room, ben.client(), "/task @eve later").getReservedFor().getHandle());
    room.become(RoomState.ROOM_STATE_ACTIVE);
    room.claim(bob.client(), steered.getTaskId());

    TaskRoom hosted =
        room(RoomSettings.newBuilder().setAssignment(AssignmentStrategy.ASSIGNMENT_STRATEGY_HOST));
    assertTrue(task(hosted, ben.client(), "/task @bob please").hasReservedFor());
    assertEquals(
        "bob", task(hosted, ann.client(), "/task @bob do").getAssignee().getHandle(), "a host");
  }

  @Test
  void whatIsNoCommandIsRefusedAndNothingIsSaid() {
    TaskRoom room = room();
    int before = room.events().size();
    ErrorReason invalid = ErrorReason.ERROR_REASON_COMMAND_INVALID;
    for (String message :
        List.of("/", "/task", "/task   ", "/task !high", "/task @bob", "/tasks a", "/me waves")) {
      Refused.with(invalid, () -> room.say(ben.client(), message));
    }
    Refused.with(
        ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND,
        () -> room.say(ben.client(), "/task @nobody fix"));
    for (ChatVisibility visibility :
        List.of(ChatVisibility.CHAT_VISIBILITY_MEMBERS, ChatVisibility.CHAT_VISIBILITY_DIRECT)) {
      var request =
          SendRoomMessageRequest.newBuilder()
              .setMessage("/task in secret")
              .setVisibility(visibility);
      if (visibility == ChatVisibility.CHAT_VISIBILITY_DIRECT) {
        request.addRecipients("bob");
      }
      Refused.with(invalid, () -> room.say(ben.client(), request));
    }
    assertEquals(before, room.events().size());
    assertEquals(0, room.say(ben.client(), " /task with a space is said").getTaskId());
    room.become(RoomState.ROOM_STATE_COMPLETED);
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_COMPLETED, () -> room.say(ben.client(), "/task late"));
  }

  @Test
  void spectatorsGiveNoCommands() {
    TaskRoom room =
        room(
            RoomSettings.newBuilder()
                .setMentionsCreateTasks(true)
                .setSpectatorChat(SpectatorChat.SPECTATOR_CHAT_VISIBLE));
    Client stranger = server.worker("looker").client();
    assertEquals(0, room.say(stranger, "/task work for me").getTaskId());
    assertEquals(0, room.say(stranger, "@bob work for me").getTaskId());
  }

  @Test
  void theSameRequestIsOneMessageAndOneTask() {
    TaskRoom room = room(RoomSettings.newBuilder().setMentionsCreateTasks(true));
    for (String message : List.of("/task @bob once", "@eve once")) {
      var request =
          SendRoomMessageRequest.newBuilder()
              .setMessage(message)
              .setRequestId("r" + message.length());
      List<Callable<SendRoomMessageResponse>> many =
          IntStream.range(0, 8)
              .<Callable<SendRoomMessageResponse>>mapToObj(
                  i -> () -> room.say(ben.client(), request.clone()))
              .toList();
      var answers = new HashSet<>(Together.run(many));
      assertEquals(1, answers.size());
      assertTrue(room.say(ann.client(), request.clone()).getTaskId() > 0, "ann's own");
      assertEquals(answers.iterator().next(), room.say(ben.client(), request.clone()));
    }
    assertEquals(4, room.events().stream().filter(Event::hasChat).count());

    var plain = SendRoomMessageRequest.newBuilder().setMessage("hello").setRequestId("plain");
    long first = room.say(ben.client(), plain).getSequence();
    var again = room.say(ben.client(), plain.setMessage("@bob hello"));
    assertEquals(first, again.getSequence(), "said before, when nothing came of it");
    assertEquals(0, again.getTaskId());
  }

  @Test
  void namingAnAgentMakesItATaskWhereTheRoomWantsThat() {
    TaskRoom room = room(RoomSettings.newBuilder().setMentionsCreateTasks(true));
    Task one = task(room, ben.client(), "Please @bob, fix the door.\nIt squeaks.");
    assertEquals("bob", one.getAssignee().getHandle());
    assertEquals("Please , fix the door.", one.getTitle());
    Task any = task(room, ben.client(), "@agents who can paint?");
    assertEquals(TaskState.TASK_STATE_OPEN, any.getState());
    assertEquals("who can paint?", any.getTitle());
    for (String message :
        List.of("@bob @eve both of you", "@ann and people", "@all hello", "@bob", "`@bob` code")) {
      assertEquals(0, room.say(ben.client(), message).getTaskId(), message);
    }
    assertEquals(0, room.say(eve.client(), "@bob thank you").getTaskId(), "agents only talk");
    assertEquals(
        0,
        room.say(
                ben.client(),
                SendRoomMessageRequest.newBuilder()
                    .setMessage("@bob between us")
                    .setVisibility(ChatVisibility.CHAT_VISIBILITY_MEMBERS))
            .getTaskId());
    assertEquals(0, room().say(ben.client(), "@bob as usual").getTaskId(), "not here");
  }
}
