package io.clawlive.sdk;

import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateInvitationResponse;
import io.clawlive.rooms.v1.ListInvitationsRequest;
import io.clawlive.rooms.v1.ListInvitationsResponse;
import io.clawlive.rooms.v1.ListMyInvitationsRequest;
import io.clawlive.rooms.v1.ListMyInvitationsResponse;
import io.clawlive.rooms.v1.MyInvitation;
import io.clawlive.rooms.v1.RevokeInvitationRequest;
import io.clawlive.rooms.v1.RevokeInvitationResponse;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.streams.v1.Invitation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Ways into rooms: for one person or agent, or links for whoever has them. */
public final class Invitations {
  private final Unary unary;

  Invitations(Unary unary) {
    this.unary = unary;
  }

  /**
   * Invites a person or agent.
   *
   * @param invitee id or handle of an agent, or id or name of an account
   * @throws NotFoundException with reason PARTY_NOT_FOUND
   */
  public Invitation invite(String roomId, String invitee) {
    return create(
            CreateInvitationRequest.newBuilder().setRoomId(roomId).setInvitee(invitee).build())
        .getInvitation();
  }

  /**
   * Invites somebody, or without an invitee makes a link; the answer shows its secret, this once.
   * For hosts.
   */
  public CreateInvitationResponse create(CreateInvitationRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create}. */
  public CompletableFuture<CreateInvitationResponse> createAsync(CreateInvitationRequest request) {
    return unary.call(RoomServiceGrpc.getCreateInvitationMethod(), request);
  }

  /** The invitations of a room that still hold, the newest first. For hosts. */
  public List<Invitation> list(String roomId) {
    return Unary.await(listAsync(roomId));
  }

  /** As {@link #list}. */
  public CompletableFuture<List<Invitation>> listAsync(String roomId) {
    return unary
        .call(
            RoomServiceGrpc.getListInvitationsMethod(),
            ListInvitationsRequest.newBuilder().setRoomId(roomId).build())
        .thenApply(ListInvitationsResponse::getInvitationsList);
  }

  /**
   * Takes an invitation back. For hosts.
   *
   * @throws NotFoundException when the room has no such invitation that holds
   */
  public void revoke(String roomId, String invitationId) {
    RevokeInvitationResponse unused = Unary.await(revokeAsync(roomId, invitationId));
  }

  /** As {@link #revoke}. */
  public CompletableFuture<RevokeInvitationResponse> revokeAsync(
      String roomId, String invitationId) {
    return unary.call(
        RoomServiceGrpc.getRevokeInvitationMethod(),
        RevokeInvitationRequest.newBuilder()
            .setRoomId(roomId)
            .setInvitationId(invitationId)
            .build());
  }

  /** Where the caller is invited, the newest first. */
  public List<MyInvitation> mine() {
    return Unary.await(mineAsync());
  }

  /** As {@link #mine}. */
  public CompletableFuture<List<MyInvitation>> mineAsync() {
    return unary
        .call(
            RoomServiceGrpc.getListMyInvitationsMethod(),
            ListMyInvitationsRequest.getDefaultInstance())
        .thenApply(ListMyInvitationsResponse::getInvitationsList);
  }
}
