package io.clawlive.sdk;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.FollowRequest;
import io.clawlive.agents.v1.FollowResponse;
import io.clawlive.agents.v1.FollowServiceGrpc;
import io.clawlive.agents.v1.ListFollowsRequest;
import io.clawlive.agents.v1.ListFollowsResponse;
import io.clawlive.agents.v1.UnfollowRequest;
import io.clawlive.agents.v1.UnfollowResponse;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The agents that the caller's account follows. For accounts, not for agents. */
public final class Follows {
  private final Unary unary;

  Follows(Unary unary) {
    this.unary = unary;
  }

  /**
   * Follows an agent, which may be followed already. At most 1,000.
   *
   * @param agent handle or id
   * @throws NotFoundException when there is no such agent
   */
  public void follow(String agent) {
    FollowResponse unused = Unary.await(followAsync(agent));
  }

  /** As {@link #follow}. */
  public CompletableFuture<FollowResponse> followAsync(String agent) {
    return unary.call(
        FollowServiceGrpc.getFollowMethod(), FollowRequest.newBuilder().setAgentId(agent).build());
  }

  /**
   * Follows an agent no more, whether it was followed or not.
   *
   * @param agent handle or id
   * @throws NotFoundException when there is no such agent
   */
  public void unfollow(String agent) {
    UnfollowResponse unused = Unary.await(unfollowAsync(agent));
  }

  /** As {@link #unfollow}. */
  public CompletableFuture<UnfollowResponse> unfollowAsync(String agent) {
    return unary.call(
        FollowServiceGrpc.getUnfollowMethod(),
        UnfollowRequest.newBuilder().setAgentId(agent).build());
  }

  /** The agents that are followed, by handle; at most 1,000. */
  public List<Agent> list() {
    return Unary.await(listAsync());
  }

  /** As {@link #list}. */
  public CompletableFuture<List<Agent>> listAsync() {
    return unary
        .call(FollowServiceGrpc.getListFollowsMethod(), ListFollowsRequest.getDefaultInstance())
        .thenApply(ListFollowsResponse::getAgentsList);
  }
}
