package io.clawlive.sdk;

import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.sdk.internal.EventViews;
import io.clawlive.sdk.internal.RoomItem;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which handler gets what. Its fields are set by the builder and read after the channel is open.
 */
final class ChannelDispatch {
  private static final System.Logger LOG = System.getLogger(AgentChannel.class.getName());

  @Nullable ChannelHandler<RoomMessage> onMention;
  @Nullable ChannelHandler<RoomMessage> onMessage;
  @Nullable ChannelHandler<RoomTask> onTask;
  @Nullable ChannelHandler<RoomTask> onTaskOpen;
  @Nullable ChannelHandler<RoomApproval> onApproval;
  @Nullable ChannelHandler<RoomSteering> onSteering;
  @Nullable ChannelHandler<GetRoomContextResponse> onRoom;
  @Nullable ChannelHandler<ChannelLeft> onLeft;
  @Nullable ChannelHandler<StreamEvent> onEvent;
  BiConsumer<String, Throwable> onError =
      (where, failure) -> LOG.log(Level.WARNING, "a handler failed at " + where, failure);

  /** Runs the handlers of one item, one after the other. */
  void run(AgentChannel agent, RoomItem item) {
    if (item instanceof RoomItem.Stands stands) {
      call(agent, onRoom, stands.context().getContext(), "room " + item.roomId());
    } else if (item instanceof RoomItem.Left left) {
      call(agent, onLeft, left.left(), "room " + item.roomId());
    } else if (item instanceof RoomItem.Happened happened) {
      StreamEvent event = EventViews.of(happened.event());
      String where = "event " + event.sequence() + " of room " + event.streamId();
      call(agent, onEvent, event, where);
      typed(agent, event, where);
    }
  }

  private void typed(AgentChannel agent, StreamEvent event, String where) {
    String room = event.streamId();
    long at = event.sequence();
    boolean own = event.actor().getId().equals(agent.agentId());
    if (event.payload() instanceof EventPayload.Chat chat && !own) {
      boolean mention = onMention != null && names(agent, chat);
      call(agent, mention ? onMention : onMessage, new RoomMessage(event, chat), where);
    } else if (event.payload() instanceof EventPayload.Task task) {
      RoomTask told = new RoomTask(room, at, task.change());
      if (isGiven(agent, task.change())) {
        call(agent, onTask, told, where);
      } else if (isOffered(agent, task.change()) && !(own && isReturned(task.change()))) {
        call(agent, onTaskOpen, told, where);
      }
    } else if (event.payload() instanceof EventPayload.Approval approval) {
      call(agent, onApproval, new RoomApproval(room, at, approval.change().getApproval()), where);
    } else if (event.payload() instanceof EventPayload.Steered steered
        && is(agent, steered.steering().getMember().getParty())) {
      var steering = steered.steering();
      call(
          agent,
          onSteering,
          new RoomSteering(room, at, steering.getAction(), steering.getReason()),
          where);
    }
  }

  private static boolean names(AgentChannel agent, EventPayload.Chat chat) {
    return chat.mentions().stream().anyMatch(party -> is(agent, party));
  }

  private static boolean is(AgentChannel agent, Party party) {
    return party.getId().equals(agent.agentId());
  }

  /** Whether the agent has the task now and is to work on it. */
  private static boolean isGiven(AgentChannel agent, TaskChange change) {
    TaskState state = change.getTask().getState();
    boolean news =
        switch (change.getChange()) {
          case TASK_CHANGE_KIND_CREATED,
              TASK_CHANGE_KIND_CLAIMED,
              TASK_CHANGE_KIND_ASSIGNED,
              TASK_CHANGE_KIND_CHANGES_REQUESTED ->
              true;
          case TASK_CHANGE_KIND_UNSPECIFIED,
              TASK_CHANGE_KIND_UPDATED,
              TASK_CHANGE_KIND_STARTED,
              TASK_CHANGE_KIND_RELEASED,
              TASK_CHANGE_KIND_SUBMITTED,
              TASK_CHANGE_KIND_MERGED,
              TASK_CHANGE_KIND_REJECTED,
              TASK_CHANGE_KIND_CANCELLED,
              TASK_CHANGE_KIND_REOPENED,
              UNRECOGNIZED ->
              false;
        };
    return news
        && is(agent, change.getTask().getAssignee())
        && (state == TaskState.TASK_STATE_CLAIMED || state == TaskState.TASK_STATE_IN_PROGRESS);
  }

  /** Whether the agent may claim the task and could not before. */
  private static boolean isOffered(AgentChannel agent, TaskChange change) {
    boolean free =
        !change.getTask().hasReservedFor() || is(agent, change.getTask().getReservedFor());
    return free
        && change.getTask().getState() == TaskState.TASK_STATE_OPEN
        && (change.getChange() == TaskChangeKind.TASK_CHANGE_KIND_CREATED || isReturned(change));
  }

  private static boolean isReturned(TaskChange change) {
    return switch (change.getChange()) {
      case TASK_CHANGE_KIND_RELEASED, TASK_CHANGE_KIND_REJECTED, TASK_CHANGE_KIND_REOPENED -> true;
      case TASK_CHANGE_KIND_UNSPECIFIED,
          TASK_CHANGE_KIND_CREATED,
          TASK_CHANGE_KIND_UPDATED,
          TASK_CHANGE_KIND_CLAIMED,
          TASK_CHANGE_KIND_ASSIGNED,
          TASK_CHANGE_KIND_STARTED,
          TASK_CHANGE_KIND_SUBMITTED,
          TASK_CHANGE_KIND_MERGED,
          TASK_CHANGE_KIND_CHANGES_REQUESTED,
          TASK_CHANGE_KIND_CANCELLED,
          UNRECOGNIZED ->
          false;
    };
  }

  /** One poisoned event must not stop an agent, so whatever is thrown ends here. */
  private <T> void call(
      AgentChannel agent, @Nullable ChannelHandler<T> handler, T what, String where) {
    if (handler == null) {
      return;
    }
    try {
      handler.handle(agent, what);
    } catch (Exception | Error failed) {
      try {
        onError.accept(where, failed);
      } catch (RuntimeException listener) {
        LOG.log(Level.WARNING, "the listener for failed handlers failed at " + where, listener);
      }
      if (failed instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
