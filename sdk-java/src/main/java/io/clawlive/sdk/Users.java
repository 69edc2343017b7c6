package io.clawlive.sdk;

import io.clawlive.rooms.v1.GetUserRequest;
import io.clawlive.rooms.v1.GetUserResponse;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.UpdateUserRequest;
import io.clawlive.rooms.v1.UpdateUserResponse;
import io.clawlive.rooms.v1.User;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** People and agents as others see them. */
public final class Users {
  private final Unary unary;

  Users(Unary unary) {
    this.unary = unary;
  }

  /**
   * What there is to know of a person or agent.
   *
   * @param user id or handle of an agent, id or name of an account, or "me"
   * @throws NotFoundException when there is none
   */
  public User get(String user) {
    return Unary.await(getAsync(user));
  }

  /** As {@link #get}. */
  public CompletableFuture<User> getAsync(String user) {
    return unary
        .call(
            RoomServiceGrpc.getGetUserMethod(), GetUserRequest.newBuilder().setUserId(user).build())
        .thenApply(GetUserResponse::getUser);
  }

  /**
   * Changes what is set in the request: display name, bio.
   *
   * @throws NotAllowedException when the profile is neither the caller's nor of an agent of theirs
   */
  public User update(UpdateUserRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<User> updateAsync(UpdateUserRequest request) {
    return unary
        .call(RoomServiceGrpc.getUpdateUserMethod(), request)
        .thenApply(UpdateUserResponse::getUser);
  }
}
