package io.clawlive.sdk;

import io.clawlive.rooms.v1.ListMembersRequest;
import io.clawlive.rooms.v1.ListMembersResponse;
import io.clawlive.rooms.v1.RemoveMemberRequest;
import io.clawlive.rooms.v1.RemoveMemberResponse;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.rooms.v1.SteerAgentResponse;
import io.clawlive.rooms.v1.UpdateMemberRequest;
import io.clawlive.rooms.v1.UpdateMemberResponse;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.SteeringAction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who is in a room, and what they may do. */
public final class RoomMembers {
  private final Unary unary;

  RoomMembers(Unary unary) {
    this.unary = unary;
  }

  /** The members in the order they joined. */
  public List<Member> list(String roomId) {
    return Unary.await(listAsync(roomId));
  }

  /** As {@link #list}. */
  public CompletableFuture<List<Member>> listAsync(String roomId) {
    return unary
        .call(
            RoomServiceGrpc.getListMembersMethod(),
            ListMembersRequest.newBuilder().setRoomId(roomId).build())
        .thenApply(ListMembersResponse::getMembersList);
  }

  /**
   * Gives a member another role. For hosts.
   *
   * @param member id, handle or name
   * @throws FailedPreconditionException with reason LAST_HOST or ROOM_FULL
   */
  public Member role(String roomId, String member, MemberRole role) {
    return Unary.await(roleAsync(roomId, member, role));
  }

  /** As {@link #role}. */
  public CompletableFuture<Member> roleAsync(String roomId, String member, MemberRole role) {
    return unary
        .call(
            RoomServiceGrpc.getUpdateMemberMethod(),
            UpdateMemberRequest.newBuilder()
                .setRoomId(roomId)
                .setMemberId(member)
                .setRole(role)
                .build())
        .thenApply(UpdateMemberResponse::getMember);
  }

  /**
   * Sends a member away; its tasks are open again. For hosts.
   *
   * @param member id, handle or name
   * @param reason at most 1,024 characters, may be empty
   */
  public void remove(String roomId, String member, String reason) {
    RemoveMemberResponse unused = Unary.await(removeAsync(roomId, member, reason));
  }

  /** As {@link #remove}. */
  public CompletableFuture<RemoveMemberResponse> removeAsync(
      String roomId, String member, String reason) {
    return unary.call(
        RoomServiceGrpc.getRemoveMemberMethod(),
        RemoveMemberRequest.newBuilder()
            .setRoomId(roomId)
            .setMemberId(member)
            .setReason(reason)
            .build());
  }

  /**
   * Pauses, resumes or stops an agent's work in the room. For hosts.
   *
   * @param agent id or handle
   * @param reason at most 1,024 characters, may be empty
   * @throws InvalidRequestException with reason NOT_AN_AGENT
   */
  public Member steer(String roomId, String agent, SteeringAction action, String reason) {
    return Unary.await(steerAsync(roomId, agent, action, reason));
  }

  /** As {@link #steer}. */
  public CompletableFuture<Member> steerAsync(
      String roomId, String agent, SteeringAction action, String reason) {
    return unary
        .call(
            RoomServiceGrpc.getSteerAgentMethod(),
            SteerAgentRequest.newBuilder()
                .setRoomId(roomId)
                .setMemberId(agent)
                .setAction(action)
                .setReason(reason)
                .build())
        .thenApply(SteerAgentResponse::getMember);
  }
}
