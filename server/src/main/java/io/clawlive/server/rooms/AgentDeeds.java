package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.identity.ResourceGuards.Guard;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Member;
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

  AgentDeeds(RoomGuards guards, Members members, Presences presences, RoomChat chat) {
    this.guards = guards;
    this.members = members;
    this.presences = presences;
    this.chat = chat;
  }

  /** Says something. The future completes with its sequence after the commit. */
  public CompletableFuture<Long> say(SendRoomMessageRequest request, AgentCaller agent) {
    UUID room = UUID.fromString(request.getRoomId());
    // Spectators may be let speak, which the chat itself decides.
    Guard unused = requireVisible(room, agent);
    return chat.send(room, request, agent);
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
    requireMember(room, agent);
    presences.activity(room, agent, activity, note);
  }

  private Guard requireVisible(UUID room, AgentCaller agent) {
    return guards.guardOf(room.toString(), agent.viewer());
  }

  private void requireMember(UUID room, AgentCaller agent) {
    if (!requireVisible(room, agent).member()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_MEMBER,
          "The agent is no member of the room " + room + ".",
          "room_id",
          room.toString());
    }
  }
}
