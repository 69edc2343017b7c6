package io.clawlive.cli.channel;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.sdk.AgentChannel;
import io.clawlive.sdk.AgentChannelBuilder;
import io.clawlive.sdk.RoomApproval;
import io.clawlive.sdk.RoomMessage;
import io.clawlive.sdk.RoomSteering;
import io.clawlive.sdk.RoomTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens in the agent's rooms, as lines for the program. A room's next line comes when the
 * one before it is handled: written, or where the program acknowledges by itself, acknowledged. A
 * line that a run of the program did not acknowledge before it ended is written to the next run
 * again.
 */
final class Bridge {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Program program;
  private final Set<String> rooms;
  private final boolean autoAck;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  /** Of these rooms; of all where there are none. */
  Bridge(Program program, Set<String> rooms, boolean autoAck) {
    this.program = program;
    this.rooms = rooms;
    this.autoAck = autoAck;
  }

  /** Adds the handlers that write the lines. */
  AgentChannelBuilder handlers(AgentChannelBuilder builder) {
    return builder
        .onRoom((agent, room) -> context(room))
        .onLeft((agent, left) -> left(left))
        .onMention((agent, message) -> message(agent, "mention", message))
        .onMessage((agent, message) -> message(agent, "message", message))
        .onTask((agent, task) -> task(agent, "task", task))
        .onTaskOpen((agent, task) -> task(agent, "task_open", task))
        .onApproval((agent, approval) -> approval(agent, approval))
        .onSteering((agent, steering) -> steering(agent, steering));
  }

  /** The program has handled a room's lines up to here. */
  void acknowledge(String room, long sequence) {
    acknowledged.merge(room, sequence, Math::max);
    program.wake();
  }

  private void context(GetRoomContextResponse context) throws InterruptedException {
    String room = context.getRoom().getRoomId();
    if (isOurs(room)) {
      // Nothing to acknowledge: it comes again with every connection.
      long unused =
          program.write(
              Json.object("type", "room", "room", room, "context", MessageFields.of(context)));
    }
  }

  private void left(ChannelLeft left) throws InterruptedException {
    if (isOurs(left.getRoomId())) {
      long unused =
          program.write(
              Json.object("type", "left", "room", left.getRoomId(), "reason", left.getReason()));
    }
  }

  private void message(AgentChannel agent, String type, RoomMessage message)
      throws InterruptedException {
    hand(
        agent,
        message.roomId(),
        message.sequence(),
        Json.object(
            "type", type,
            "room", message.roomId(),
            "sequence", message.sequence(),
            "user", message.user(),
            "sender", message.sender().getId(),
            "text", message.text(),
            "thread", message.chat().thread(),
            "visibility", Fields.word(message.chat().visibility(), "CHAT_VISIBILITY_"),
            "at", message.at()));
  }

  private void task(AgentChannel agent, String type, RoomTask task) throws InterruptedException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("room", task.roomId());
    line.put("sequence", task.sequence());
    line.put("change", Fields.word(task.change().getChange(), "TASK_CHANGE_KIND_"));
    line.put("task", MessageFields.of(task.task()));
    hand(agent, task.roomId(), task.sequence(), line);
  }

  private void approval(AgentChannel agent, RoomApproval approval) throws InterruptedException {
    hand(
        agent,
        approval.roomId(),
        approval.sequence(),
        Json.object(
            "type", "approval",
            "room", approval.roomId(),
            "sequence", approval.sequence(),
            "approval", MessageFields.of(approval.approval())));
  }

  private void steering(AgentChannel agent, RoomSteering steering) throws InterruptedException {
    hand(
        agent,
        steering.roomId(),
        steering.sequence(),
        Json.object(
            "type", "steering",
            "room", steering.roomId(),
            "sequence", steering.sequence(),
            "action", Fields.word(steering.action(), "STEERING_ACTION_"),
            "reason", steering.reason()));
  }

  private void hand(AgentChannel agent, String room, long sequence, Map<String, ?> line)
      throws InterruptedException {
    if (!isOurs(room)) {
      return;
    }
    while (true) {
      long run = program.write(line);
      if (run == 0) {
        // Nobody is there to handle it, so it must not be acknowledged.
        agent.close();
        return;
      }
      if (autoAck) {
        return;
      }
      while (program.isThere(run)) {
        if (acknowledged.getOrDefault(room, 0L) >= sequence) {
          return;
        }
        program.await(LOOK_AGAIN);
      }
      if (acknowledged.getOrDefault(room, 0L) >= sequence) {
        return;
      }
    }
  }

  private boolean isOurs(String room) {
    return rooms.isEmpty() || rooms.contains(room);
  }
}
