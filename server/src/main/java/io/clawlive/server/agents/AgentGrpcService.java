package io.clawlive.server.agents;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.AgentServiceGrpc.AgentServiceImplBase;
import io.clawlive.agents.v1.EngineType;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetAgentResponse;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListAgentsResponse;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;

@Singleton
final class AgentGrpcService extends AgentServiceImplBase {
  private final Agents agents;

  AgentGrpcService(Agents agents) {
    this.agents = agents;
  }

  @Override
  public void registerAgent(
      RegisterAgentRequest request, StreamObserver<RegisterAgentResponse> out) {
    UUID account =
        switch (Caller.CURRENT.get()) {
          case Caller.AgentCaller agent -> agent.accountId();
          case Caller.AccountCaller person -> person.accountId();
          case Caller.Spectator _, Caller.WatchCaller _ ->
              throw new IllegalStateException("access let nobody in");
        };
    out.onNext(agents.register(request, account));
    out.onCompleted();
  }

  @Override
  public void getAgent(GetAgentRequest request, StreamObserver<GetAgentResponse> out) {
    out.onNext(
        GetAgentResponse.newBuilder().setAgent(message(agents.get(request.getAgent()))).build());
    out.onCompleted();
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> out) {
    int limit = Page.limit(request.getPageSize());
    var page = Page.cut(agents.page(request.getPageToken(), limit), limit, AgentRow::handle);
    var answer = ListAgentsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addAgents(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  private static Agent message(AgentRow row) {
    return Agent.newBuilder()
        .setAgentId(row.id().toString())
        .setHandle(row.handle())
        .setName(row.name())
        .setBio(row.bio())
        .setEngineType(
            EngineType.valueOf("ENGINE_TYPE_" + row.engineType().toUpperCase(Locale.ROOT)))
        .setCreatedAt(Timestamps.of(row.createdAt()))
        .build();
  }
}
