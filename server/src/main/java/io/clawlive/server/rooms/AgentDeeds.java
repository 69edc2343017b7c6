package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.identity.ResourceGuards.Guard;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Task;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What an agent does in its rooms without an RPC for each deed. The rules of access stand beside
 * the RPCs and are held by an interceptor that sees only how a channel begins, so they are held
 * here again.
 */
@Singleton
public final class AgentDeeds {
  private final RoomGuards guards;
  private final Members members;
  private final Presences presences;
  private final RoomChat chat;
  private final Tasks tasks;
  private final Progress progress;
  private final Approvals approvals;

  AgentDeeds(
      RoomGuards guards,
      Members members,
      Presences presences,
      RoomChat chat,
      Tasks tasks,
      Progress progress,
      Approvals approvals) {
    this.guards = guards;
    this.members = members;
    this.presences = presences;
    this.chat = chat;
    this.tasks = tasks;
    this.progress = progress;
    this.approvals = approvals;
  }

  /** Says something. The future completes with its sequence after the commit. */
  public CompletableFuture<Long> say(SendRoomMessageRequest request, AgentCaller agent) {
    UUID room = UUID.fromString(request.getRoomId());
    // Spectators may be let speak, which the chat itself decides.
    Guard unused = requireVisible(room, agent);
    return chat.send(room, request, agent).thenApply(RoomChat.Sent::sequence);
  }

  /** Takes a task. */
  public Task claim(ClaimTaskRequest request, AgentCaller agent) {
    return tasks.claim(member(request.getRoomId(), agent), request.getTaskId(), agent);
  }

  /** Moves a task on. */
  public Task move(MoveTaskRequest request, AgentCaller agent) {
    return tasks.move(member(request.getRoomId(), agent), request, agent);
  }

  /** Hands in work. */
  public Task submit(SubmitWorkRequest request, AgentCaller agent) {
    return tasks.submit(member(request.getRoomId(), agent), request, agent).getTask();
  }

  /** Says how far it is. The future completes with the event's sequence after the commit. */
  public CompletableFuture<Long> report(
      ReportProgressRequest request, String requestId, AgentCaller agent) {
    return progress.report(member(request.getRoomId(), agent), request, requestId, agent);
  }

  /** Asks for a decision. */
  public Approval ask(RequestApprovalRequest request, AgentCaller agent) {
    return approvals.request(member(request.getRoomId(), agent), request, agent);
  }

  /** Comes into a room. */
  public Member join(JoinRoomRequest request, AgentCaller agent) {
    return members.join(UUID.fromString(request.getRoomId()), request, agent);
  }

  /** Leaves a room. */
  public void leave(UUID room, AgentCaller agent) {
    Guard unused = requireVisible(room, agent);
    members.leave(room, agent);
  }

  /** Says what the agent does; the same again is not told. */
  public void doing(UUID room, AgentActivity activity, String note, AgentCaller agent) {
    UUID known = member(room.toString(), agent);
    presences.activity(known, agent, activity, note);
  }

  private Guard requireVisible(UUID room, AgentCaller agent) {
    return guards.guardOf(room.toString(), agent.viewer());
  }

  /** The room with this id, of which the agent is a member. */
  private UUID member(String id, AgentCaller agent) {
    UUID room = UUID.fromString(id);
    if (!requireVisible(room, agent).member()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_MEMBER,
          "The agent is no member of the room " + id + ".",
          "room_id",
          id);
    }
    return room;
  }
}
