package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.WorkState;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Pauses, resumes and stops agents. Every use is told, also one that changes nothing. */
@Singleton
final class Steering {
  private final RoomChanges changes;
  private final HeldTasks tasks;

  Steering(RoomChanges changes, HeldTasks tasks) {
    this.changes = changes;
    this.tasks = tasks;
  }

  Member steer(UUID room, SteerAgentRequest request, Caller caller) {
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          Member member = draft.view().require(request.getMemberId());
          if (!Parties.isAgent(member.getParty())) {
            throw Refusal.of(
                ErrorReason.ERROR_REASON_NOT_AN_AGENT,
                "'" + member.getParty().getHandle() + "' is a person; only agents are steered.",
                "member",
                request.getMemberId());
          }
          Member steered =
              member.toBuilder()
                  .setWork(
                      switch (request.getAction()) {
                        case STEERING_ACTION_PAUSE -> WorkState.WORK_STATE_PAUSED;
                        case STEERING_ACTION_STOP -> WorkState.WORK_STATE_STOPPED;
                        case STEERING_ACTION_RESUME, STEERING_ACTION_UNSPECIFIED, UNRECOGNIZED ->
                            WorkState.WORK_STATE_RUNNING;
                      })
                  .build();
          draft.tell(
              Event.newBuilder()
                  .setSteering(
                      io.clawlive.streams.v1.Steering.newBuilder()
                          .setAction(request.getAction())
                          .setMember(steered)
                          .setReason(request.getReason())));
          if (steered.getWork() == WorkState.WORK_STATE_STOPPED) {
            tasks.reopen(draft, steered.getParty(), "A host stopped whoever had it.");
          }
          return steered;
        });
  }
}
