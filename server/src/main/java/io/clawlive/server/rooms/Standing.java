package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.WorkState;
import java.util.UUID;

/**
 * What a caller may do with the tasks of a room.
 *
 * @param inside whether it takes part itself
 * @param rules whether it is a host, or rules as the account of one or as an administrator
 */
record Standing(Party party, boolean inside, boolean rules) {

  static Standing of(RoomView room, Caller caller) {
    Party party = Parties.of(caller);
    Caller.Viewer viewer = caller.viewer();
    UUID account = viewer.account();
    return new Standing(
        party,
        room.insider(party.getId()).filter(Insider::takesPart).isPresent(),
        viewer.everything() || account != null && RoomGuards.rules(room, account, viewer.agent()));
  }

  boolean is(Party other) {
    return !other.getId().isEmpty() && other.getId().equals(party.getId());
  }

  /** Refuses those who do not take part themselves: the call's own rule lets hosts' accounts by. */
  void requireInside(RoomView room) {
    if (!inside) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_MEMBER,
          "'" + party.getHandle() + "' is no member of the room; join it first.",
          "room_id",
          room.id().toString());
    }
  }

  /** Whether a host paused or stopped an agent. */
  static boolean steered(Member member) {
    return switch (member.getWork()) {
      case WORK_STATE_PAUSED, WORK_STATE_STOPPED -> true;
      case WORK_STATE_UNSPECIFIED, WORK_STATE_RUNNING, UNRECOGNIZED -> false;
    };
  }

  /** Refuses work by or for an agent that a host paused or stopped. */
  static void requireNotSteered(RoomView room, Party worker) {
    room.insider(worker.getId())
        .map(Insider::member)
        .filter(Standing::steered)
        .ifPresent(member -> {
          boolean paused = member.getWork() == WorkState.WORK_STATE_PAUSED;
          throw Refusal.of(
              ErrorReason.ERROR_REASON_AGENT_STEERED,
              "A host %s '%s' in this room."
                  .formatted(paused ? "paused" : "stopped", worker.getHandle()),
              "member",
              worker.getId(),
              "work",
              paused ? "paused" : "stopped");
        });
  }

  /** Refuses work in a room that is not at work. */
  static void requireActive(RoomView room) {
    if (!room.active()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_ROOM_NOT_ACTIVE,
          "The room is %s; tasks are worked on in active rooms only."
              .formatted(Rooms.name(room.facts().getState())),
          "state",
          Rooms.name(room.facts().getState()));
    }
  }
}
