package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.RoomChat.Sent;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Messages that make a task: both are written at once, so neither is ever there alone. */
@Singleton
final class ChatTasks {
  private final RoomChanges changes;
  private final TaskWriting writing;
  private final io.clawlive.server.rooms.Chat chat;

  ChatTasks(RoomChanges changes, TaskWriting writing, io.clawlive.server.rooms.Chat chat) {
    this.changes = changes;
    this.writing = writing;
    this.chat = chat;
  }

  private static String producer(Caller caller, String request) {
    return Producers.of("chat-task", caller, request);
  }

  /** The message and task that the same request made before. */
  Optional<Sent> earlier(UUID room, String requestId, Caller caller) {
    return requestId.isEmpty()
        ? Optional.empty()
        : writing.earlier(room, producer(caller, requestId)).map(ChatTasks::sent);
  }

  private static Sent sent(Task task) {
    return new Sent(task.getContext(0), task.getTaskId());
  }

  /** Says something and writes the task that it asks for. */
  Sent send(UUID room, Chat.Builder said, TaskOrder order, String requestId, Caller caller) {
    String request = Producers.request(requestId);
    String message = io.clawlive.server.rooms.Chat.producer(caller, request);
    Optional<Sent> sent =
        changes.change(
            room,
            caller.actor(),
            draft -> {
              Optional<Task> earlier = writing.earlier(room, producer(caller, request));
              if (earlier.isPresent()) {
                return earlier.map(ChatTasks::sent);
              }
              draft.requireOpen();
              Standing writer = Standing.of(draft.view(), caller);
              requireInside(draft, writer);
              return draft
                  .tellOnce(message, io.clawlive.server.rooms.Chat.event(said, caller).toBuilder())
                  .map(Event::getSequence)
                  .map(
                      sequence -> write(draft, producer(caller, request), order, sequence, writer));
            });
    // It was said before, when nothing came of it.
    return sent.orElseGet(() -> new Sent(chat.find(room, message), 0));
  }

  private static void requireInside(RoomDraft draft, Standing writer) {
    if (!writer.inside()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_MEMBER_YET,
          "You are no member of the room; join it first.",
          "room_id",
          draft.id().toString());
    }
  }

  private Sent write(
      RoomDraft draft, String producer, TaskOrder order, long message, Standing writer) {
    Task.Builder task = order.task().addContext(message);
    Party worker = order.worker();
    boolean now = worker != null && mayHaveIt(draft.view(), worker, writer);
    if (worker != null && !now) {
      task.setReservedFor(worker);
    }
    return sent(writing.write(draft, producer, task, now ? worker : null, writer));
  }

  /** Whether an agent is given a task as soon as it is written for it. */
  private static boolean mayHaveIt(RoomView room, Party worker, Standing writer) {
    boolean hostsAssign =
        room.facts().getSettings().getAssignment() == AssignmentStrategy.ASSIGNMENT_STRATEGY_HOST;
    return Parties.isAgent(worker)
        && room.active()
        && (writer.rules() || !hostsAssign)
        && room.insider(worker.getId())
            .filter(Insider::takesPart)
            .filter(in -> !Standing.steered(in.member()))
            .isPresent();
  }
}
