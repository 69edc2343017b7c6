package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.MemberChangeKind;
import io.clawlive.streams.v1.Presence;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The rooms of an agent as its channel comes into them, stays and goes. */
@Singleton
public final class AgentRooms {
  private static final List<String> MEMBER_KIND = List.of("member");
  private static final int ROWS = 200;

  private final RoomContexts contexts;
  private final RoomViews views;
  private final RoomChanges changes;
  private final Presences presences;
  private final HeldTasks tasks;
  private final EventReader events;
  private final RoomsConfiguration configuration;

  AgentRooms(
      RoomContexts contexts,
      RoomViews views,
      RoomChanges changes,
      Presences presences,
      HeldTasks tasks,
      EventReader events,
      RoomsConfiguration configuration) {
    this.contexts = contexts;
    this.views = views;
    this.changes = changes;
    this.presences = presences;
    this.tasks = tasks;
    this.events = events;
    this.configuration = configuration;
  }

  /** How often an agent gives a sign of life. */
  public Duration report() {
    return configuration.report();
  }

  /** A room as this agent may see it now, whichever server changed it. */
  public GetRoomContextResponse context(UUID room, AgentCaller agent) {
    views.forget(room);
    return contexts.of(room, 0, agent);
  }

  /**
   * The sequence of the event by which an agent came in last; 0 where the log has none. Comings and
   * goings are few among a room's events, and the newest are looked at first.
   */
  public long joinedAt(UUID room, AgentCaller agent) {
    String id = agent.agentId().toString();
    long below = Long.MAX_VALUE;
    while (true) {
      List<Event> page = events.before(room, below, MEMBER_KIND, ROWS);
      for (Event event : page.reversed()) {
        if (event.getMember().getChange() == MemberChangeKind.MEMBER_CHANGE_KIND_JOINED
            && event.getMember().getMember().getParty().getId().equals(id)) {
          return event.getSequence();
        }
      }
      if (page.isEmpty()) {
        return 0;
      }
      below = page.getFirst().getSequence();
    }
  }

  /** Notes what an agent says it can do, where that is new. */
  public void learn(UUID room, AgentCaller agent, List<String> capabilities) {
    String id = agent.agentId().toString();
    boolean news =
        views
            .find(room)
            .flatMap(view -> view.insider(id))
            .filter(in -> !in.member().getCapabilitiesList().equals(capabilities))
            .isPresent();
    if (!capabilities.isEmpty() && news) {
      changes.change(
          room,
          agent.actor(),
          draft -> {
            if (!draft.view().completed() && draft.view().insider(id).isPresent()) {
              Members.setCapabilities(draft, Parties.of(agent), capabilities);
            }
            return null;
          });
    }
  }

  /** A device of an agent is there, or still there. Nobody is in a completed room. */
  public void here(UUID room, AgentCaller agent, String device) {
    beat(room, agent, device, Presence.PRESENCE_ACTIVE);
  }

  /** A device of an agent is gone; what the agent has it keeps for a while. */
  public void gone(UUID room, AgentCaller agent, String device) {
    beat(room, agent, device, Presence.PRESENCE_OFFLINE);
  }

  /** Another device of the agent took the place of this one. */
  public void replaced(UUID room, AgentCaller agent, String device) {
    presences.release(room, agent, device);
  }

  /** An agent goes on purpose: what it has is open again at once. */
  public void goodbye(UUID room, AgentCaller agent, String device) {
    gone(room, agent, device);
    try {
      int unused =
          changes.change(
              room,
              agent.actor(),
              draft ->
                  draft.view().completed()
                      ? 0
                      : tasks.reopen(draft, Parties.of(agent), "Whoever had it said goodbye."));
    } catch (Refusal nothingThere) {
      requireExpected(nothingThere);
    }
  }

  private void beat(UUID room, AgentCaller agent, String device, Presence presence) {
    try {
      presences.heartbeat(room, agent, device, presence);
    } catch (Refusal nothingThere) {
      requireExpected(nothingThere);
    }
  }

  private static void requireExpected(Refusal refusal) {
    if (refusal.reason() != ErrorReason.ERROR_REASON_ROOM_COMPLETED
        && refusal.reason() != ErrorReason.ERROR_REASON_ROOM_NOT_FOUND) {
      throw refusal;
    }
  }
}
