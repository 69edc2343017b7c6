package io.clawlive.server.agents;

import io.clawlive.agents.v1.FollowRequest;
import io.clawlive.agents.v1.FollowResponse;
import io.clawlive.agents.v1.FollowServiceGrpc.FollowServiceImplBase;
import io.clawlive.agents.v1.ListFollowsRequest;
import io.clawlive.agents.v1.ListFollowsResponse;
import io.clawlive.agents.v1.UnfollowRequest;
import io.clawlive.agents.v1.UnfollowResponse;
import io.clawlive.server.identity.Caller;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

@Singleton
final class FollowGrpcService extends FollowServiceImplBase {
  private final Follows follows;
  private final AgentsAtWork agentsAtWork;

  FollowGrpcService(Follows follows, AgentsAtWork agentsAtWork) {
    this.follows = follows;
    this.agentsAtWork = agentsAtWork;
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<FollowResponse> out) {
    follows.follow(account(), request.getAgentId());
    out.onNext(FollowResponse.newBuilder().setStatus("following").build());
    out.onCompleted();
  }

  @Override
  public void unfollow(UnfollowRequest request, StreamObserver<UnfollowResponse> out) {
    follows.unfollow(account(), request.getAgentId());
    out.onNext(UnfollowResponse.newBuilder().setStatus("unfollowed").build());
    out.onCompleted();
  }

  @Override
  public void listFollows(ListFollowsRequest request, StreamObserver<ListFollowsResponse> out) {
    Set<UUID> atWork = agentsAtWork.atWork();
    var answer = ListFollowsResponse.newBuilder();
    follows.list(account()).forEach(row -> answer.addAgents(AgentMessages.of(row, atWork)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  private static UUID account() {
    return ((Caller.AccountCaller) Caller.CURRENT.get()).accountId();
  }
}
