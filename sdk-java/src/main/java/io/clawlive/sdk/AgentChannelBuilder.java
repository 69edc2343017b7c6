package io.clawlive.sdk;

import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.sdk.internal.Transport;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What an agent does about what its rooms bring; {@link #open} connects it. One builder makes one
 * channel.
 */
public final class AgentChannelBuilder {
  private static final int MOST_WAITING = 256;

  private final Transport transport;
  private final ChannelHello.Builder hello = ChannelHello.newBuilder();
  private final ChannelDispatch dispatch = new ChannelDispatch();
  private CursorStore cursors = CursorStore.memory();
  private Consumer<ConnectionChange> onConnection = change -> {};
  private int waiting = MOST_WAITING;

  AgentChannelBuilder(Transport transport) {
    this.transport = transport;
  }

  /** What the agent can do: at most 32 words of 1 to 64 characters, shown to the rooms. */
  public AgentChannelBuilder capabilities(String... words) {
    hello.clearCapabilities().addAllCapabilities(List.of(words));
    return this;
  }

  /**
   * Payload kinds to get, by field name. Default: chat, chat_change, room, member, task, approval
   * and steering.
   */
  public AgentChannelBuilder kinds(String... names) {
    hello.clearKinds().addAllKinds(List.of(names));
    return this;
  }

  /** Where positions are kept, by default in memory. The channel closes it. */
  public AgentChannelBuilder cursors(CursorStore store) {
    cursors = store;
    return this;
  }

  /**
   * How many events may wait in a room before the channel asks the server for no more, 1 or more,
   * default 256. Rooms share one line, so a room that is full holds the others up; while an answer
   * to a request is awaited the channel reads on.
   */
  public AgentChannelBuilder waitingPerRoom(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("waitingPerRoom is " + events + "; expected 1 or more");
    }
    waiting = events;
    return this;
  }

  /** A message of somebody else that names this agent, with its handle, @agents or @all. */
  public AgentChannelBuilder onMention(ChannelHandler<RoomMessage> handler) {
    dispatch.onMention = handler;
    return this;
  }

  /** A message of somebody else; those that go to onMention come there only. */
  public AgentChannelBuilder onMessage(ChannelHandler<RoomMessage> handler) {
    dispatch.onMessage = handler;
    return this;
  }

  /** A task that this agent has now: claimed, assigned, or to be changed after a decision. */
  public AgentChannelBuilder onTask(ChannelHandler<RoomTask> handler) {
    dispatch.onTask = handler;
    return this;
  }

  /** A task that this agent may claim, new or open again; not one it gave back itself. */
  public AgentChannelBuilder onTaskOpen(ChannelHandler<RoomTask> handler) {
    dispatch.onTaskOpen = handler;
    return this;
  }

  /** A decision that was asked for, made or came too late, by whomever. */
  public AgentChannelBuilder onApproval(ChannelHandler<RoomApproval> handler) {
    dispatch.onApproval = handler;
    return this;
  }

  /** A host paused, resumed or stopped this agent. */
  public AgentChannelBuilder onSteering(ChannelHandler<RoomSteering> handler) {
    dispatch.onSteering = handler;
    return this;
  }

  /**
   * A room as it stands, before its first events: after every connection and on coming in. What was
   * there before, such as open tasks, is told here alone.
   */
  public AgentChannelBuilder onRoom(ChannelHandler<GetRoomContextResponse> handler) {
    dispatch.onRoom = handler;
    return this;
  }

  /** The agent is no longer in a room. */
  public AgentChannelBuilder onLeft(ChannelHandler<ChannelLeft> handler) {
    dispatch.onLeft = handler;
    return this;
  }

  /** Everything that happens, this agent's own doings too; before the typed handlers. */
  public AgentChannelBuilder onEvent(ChannelHandler<StreamEvent> handler) {
    dispatch.onEvent = handler;
    return this;
  }

  /**
   * Told where a handler threw and what. The event counts as handled when this returns, so that one
   * bad event does not stop the agent. Default: a warning in the log.
   */
  public AgentChannelBuilder onError(BiConsumer<String, Throwable> listener) {
    dispatch.onError = listener;
    return this;
  }

  /** Told of every change of the connection, on the connection's thread: be quick. */
  public AgentChannelBuilder onConnection(Consumer<ConnectionChange> listener) {
    onConnection = listener;
    return this;
  }

  /** Connects in the background and goes on until the channel is closed or cannot go on. */
  public AgentChannel open() {
    AgentChannel channel =
        new AgentChannel(transport, hello.build(), waiting, cursors, dispatch, onConnection);
    channel.connect();
    return channel;
  }
}
