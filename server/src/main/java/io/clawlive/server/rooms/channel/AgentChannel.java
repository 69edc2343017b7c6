package io.clawlive.server.rooms.channel;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ChannelAcknowledgement;
import io.clawlive.rooms.v1.ChannelContext;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.AgentRooms;
import io.clawlive.server.rooms.channel.Attendance.Parting;
import io.clawlive.server.streams.Watches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One agent that is connected: its rooms, and what it does in them.
 *
 * <p>What the agent sends is done in its lane, one thing after the other; what happens in the rooms
 * is written by their watches, each while the call takes more.
 */
final class AgentChannel {
  private static final List<String> KINDS =
      List.of("chat", "chat_change", "room", "member", "task", "approval", "steering");

  /** What a watch is told when the agent may see something else now, or nothing. */
  private static final Set<ErrorReason> OTHER_EYES =
      Set.of(
          ErrorReason.ERROR_REASON_AUDIENCE_CHANGED,
          ErrorReason.ERROR_REASON_SPECTATORS_REFUSED,
          ErrorReason.ERROR_REASON_ROOM_NOT_FOUND,
          ErrorReason.ERROR_REASON_STREAM_NOT_FOUND);

  private final AgentCaller agent;
  private final ChannelCall call;
  private final OpenChannels open;
  private final AgentRooms rooms;
  private final ChannelRequests requests;
  private final Cursors cursors;
  private final Watches watches;
  private final Attendance attendance;
  private final Lane lane = new Lane(this::end);
  private final Map<UUID, ChannelRoom> entered = new ConcurrentHashMap<>();
  private final Set<UUID> looking = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean greeted;
  private int turn;
  private List<String> kinds = KINDS;
  private List<String> capabilities = List.of();
  private volatile boolean welcome;
  private volatile long number;
  private volatile long heard = System.nanoTime();

  AgentChannel(
      AgentCaller agent,
      ChannelCall call,
      OpenChannels open,
      AgentRooms rooms,
      ChannelRequests requests,
      Cursors cursors,
      Watches watches) {
    this.agent = agent;
    this.call = call;
    this.open = open;
    this.rooms = rooms;
    this.requests = requests;
    this.cursors = cursors;
    this.watches = watches;
    this.attendance = new Attendance(rooms, agent);
  }

  AgentCaller agent() {
    return agent;
  }

  /** The higher one is the newer channel; 0 before hello. */
  long number() {
    return number;
  }

  boolean isWelcome() {
    return welcome && !call.isOver();
  }

  /** The rooms it follows. */
  Collection<UUID> rooms() {
    return Collections.unmodifiableSet(entered.keySet());
  }

  /** Takes a message of the agent's. */
  void take(ConnectRequest request) {
    heard = System.nanoTime();
    if (request.hasHello() == greeted) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CHANNEL_NOT_OPENED,
          greeted ? "hello was sent twice." : "The first message was not hello.");
    }
    requests.count(request.getMessageCase());
    switch (request.getMessageCase()) {
      case HELLO -> {
        greeted = true;
        later(() -> greet(request.getHello()));
      }
      case ACKNOWLEDGEMENT -> acknowledge(request.getAcknowledgement());
      case HEARTBEAT -> {}
      case GOODBYE -> later(this::sayGoodbye);
      case STATUS, CHAT, CLAIM, MOVE, WORK, PROGRESS, APPROVAL, JOIN, LEAVE -> carryOut(request);
      case MESSAGE_NOT_SET -> throw new IllegalStateException("validation let an empty one pass");
    }
  }

  /** Does something in the lane that is answered by nothing, or answers by itself. */
  private void later(Runnable step) {
    call.taken();
    lane.run(() -> {
      try {
        if (!call.isOver()) {
          step.run();
        }
      } finally {
        call.answered(null);
      }
    });
  }

  private void carryOut(ConnectRequest request) {
    call.taken();
    lane.run(() -> {
      if (call.isOver()) {
        return;
      }
      requests.carryOut(request, agent, rooms()).thenAccept(call::answered);
      if (request.hasJoin()) {
        look(UUID.fromString(request.getJoin().getRoomId()), true);
      } else if (request.hasLeave()) {
        look(UUID.fromString(request.getLeave().getRoomId()), false);
      }
    });
  }

  private void greet(ChannelHello hello) {
    if (hello.getKindsCount() > 0) {
      Watches.requireKnown(hello.getKindsList());
      kinds = List.copyOf(hello.getKindsList());
    }
    capabilities = List.copyOf(hello.getCapabilitiesList());
    number = open.nextNumber();
    attendance.begin(number);
    open.number(this);
    if (call.isOver()) {
      return;
    }
    // The cursors first: reading them writes what waits, and an acknowledged end is a room no more.
    Map<UUID, Long> from = cursors.of(agent.agentId());
    Set<UUID> inside = open.roomsOf(agent);
    Map<UUID, Long> own = new HashMap<>();
    for (RoomCursor cursor : hello.getCursorsList()) {
      own.merge(UUID.fromString(cursor.getRoomId()), cursor.getSequence(), Math::min);
    }
    from.putAll(own);
    call.send(
        ConnectResponse.newBuilder()
            .setWelcome(
                ChannelWelcome.newBuilder()
                    .setAgentId(agent.agentId().toString())
                    .setHandle(agent.handle())
                    .setNextReport(ChannelRequests.duration(rooms.report()))
                    .setRooms(inside.size()))
            .build());
    welcome = true;
    for (UUID room : inside) {
      enter(room, from.get(room), true);
    }
    own.keySet().stream().filter(room -> !inside.contains(room)).forEach(this::sayLeft);
  }

  /** Comes into a room: what there is, then what follows the cursor. */
  private void enter(UUID id, @Nullable Long cursor, boolean expected) {
    if (entered.containsKey(id) || !call.awaitReady()) {
      return;
    }
    try {
      rooms.learn(id, agent, capabilities);
      attendance.here(id);
      var context = rooms.context(id, agent);
      long start = cursor == null ? rooms.joinedAt(id, agent) : cursor;
      if (cursor == null) {
        cursors.acknowledge(id, agent.agentId(), start);
      }
      call.send(
          ConnectResponse.newBuilder()
              .setContext(ChannelContext.newBuilder().setContext(context).setCursor(start))
              .build());
      var room = new ChannelRoom(id, start, this, call);
      entered.put(id, room);
      room.opened(watches.open(id, start, kinds, agent, room));
      if (call.isOver()) {
        room.close();
      }
    } catch (Refusal refused) {
      if (!OTHER_EYES.contains(refused.reason())) {
        throw refused;
      }
      ChannelRoom half = entered.remove(id);
      if (half != null) {
        half.close();
      }
      attendance.left(id);
      if (expected) {
        sayLeft(id, String.valueOf(refused.getMessage()));
      }
    }
  }

  /** Compares the rooms that it follows with those the agent is in. */
  void follow(Set<UUID> inside) {
    if (isWelcome()) {
      inside.stream().filter(room -> !entered.containsKey(room)).forEach(this::lookLater);
      entered.keySet().stream().filter(room -> !inside.contains(room)).forEach(this::lookLater);
    }
  }

  private void lookLater(UUID room) {
    if (looking.add(room)) {
      lane.run(() -> {
        looking.remove(room);
        look(room, false);
      });
    }
  }

  /** Comes into a room or out of it, as the tables say by now. */
  private void look(UUID id, boolean expected) {
    if (call.isOver()) {
      return;
    }
    ChannelRoom room = entered.get(id);
    boolean inside = open.roomsOf(agent).contains(id);
    if (inside && room == null) {
      enter(id, cursors.of(agent.agentId()).get(id), expected);
    } else if (!inside && room != null) {
      drop(room);
    }
  }

  private void drop(ChannelRoom room) {
    room.close();
    entered.remove(room.id());
    attendance.left(room.id());
    if (!room.hasEnded()) {
      cursors.forget(room.id(), agent.agentId());
      sayLeft(room.id());
    }
  }

  private void sayLeft(UUID room) {
    sayLeft(room, "The agent is not in the room.");
  }

  private void sayLeft(UUID room, String why) {
    call.send(
        ConnectResponse.newBuilder()
            .setLeft(ChannelLeft.newBuilder().setRoomId(room.toString()).setReason(why))
            .build());
  }

  /** Everything that will ever happen in a room was sent. It stays for its last acknowledgement. */
  void ended(ChannelRoom room) {
    lane.run(() -> {
      if (entered.get(room.id()) != room) {
        return;
      }
      room.close();
      attendance.left(room.id());
      sayLeft(room.id(), "The room is completed or deleted; nothing follows.");
    });
  }

  /** A watch was refused: the agent sees something else of this room now, or the channel ends. */
  void failed(ChannelRoom room, RuntimeException reason) {
    lane.run(() -> {
      if (call.isOver() || entered.get(room.id()) != room) {
        return;
      }
      if (!(reason instanceof Refusal refusal && OTHER_EYES.contains(refusal.reason()))) {
        end(reason);
      } else if (open.roomsOf(agent).contains(room.id())) {
        long position = room.position();
        room.close();
        entered.remove(room.id());
        enter(room.id(), position, true);
      } else {
        drop(room);
      }
    });
  }

  private void acknowledge(ChannelAcknowledgement acknowledgement) {
    var unsure = new ArrayList<RoomCursor>();
    for (RoomCursor cursor : acknowledgement.getCursorsList()) {
      UUID id = UUID.fromString(cursor.getRoomId());
      ChannelRoom room = entered.get(id);
      if (room != null && cursor.getSequence() <= room.position()) {
        cursors.acknowledge(id, agent.agentId(), cursor.getSequence());
      } else {
        unsure.add(cursor);
      }
    }
    if (!unsure.isEmpty()) {
      later(() -> unsure.forEach(this::acknowledgeUnsure));
    }
  }

  /**
   * The agent may have heard more on a channel before this one, but not more than there is; and it
   * may not have heard yet that it is no longer in a room.
   */
  private void acknowledgeUnsure(RoomCursor cursor) {
    UUID id = UUID.fromString(cursor.getRoomId());
    if (entered.containsKey(id)) {
      cursors.requireReached(id, cursor.getSequence());
      cursors.acknowledge(id, agent.agentId(), cursor.getSequence());
    }
  }

  /** The call takes more; every room is told first in its turn. */
  void ready() {
    List<ChannelRoom> all = List.copyOf(entered.values());
    int first = all.isEmpty() ? 0 : Math.floorMod(turn++, all.size());
    for (int i = 0; i < all.size(); i++) {
      all.get((first + i) % all.size()).ready();
    }
  }

  /** The agent is still there. */
  void beat() {
    entered.values().stream()
        .filter(room -> !room.hasEnded())
        .forEach(room -> attendance.here(room.id()));
  }

  /** Ends the call when nothing was heard for so long. */
  void requireHeard(Duration within) {
    if (System.nanoTime() - heard > within.toNanos()) {
      end(
          Refusal.of(
              ErrorReason.ERROR_REASON_CHANNEL_SILENT,
              "Nothing was heard for %,d ms.".formatted(within.toMillis())));
    }
  }

  /** A newer channel of the agent is there. */
  void supersede() {
    attendance.goes(Parting.SUPERSEDED);
    end(
        Refusal.of(
            ErrorReason.ERROR_REASON_AGENT_SUPERSEDED,
            "The agent '" + agent.handle() + "' connected again; the newer channel counts."));
  }

  /** The server stops. */
  void letGo() {
    attendance.goes(Parting.SERVER_STOPPING);
    end(OpenChannels.stopping());
  }

  private void end(RuntimeException reason) {
    call.fail(reason);
  }

  private void sayGoodbye() {
    attendance.goes(Parting.GOODBYE);
    depart();
    call.finish();
  }

  /** The agent sends nothing more. */
  void sentAll() {
    later(call::finish);
  }

  /** The call is over. Called once or more. */
  void closed() {
    if (closed.compareAndSet(false, true)) {
      open.remove(this);
      entered.values().forEach(ChannelRoom::close);
      lane.run(this::depart);
    }
  }

  private void depart() {
    attendance.depart(rooms());
    cursors.flush();
  }
}
