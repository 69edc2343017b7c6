package io.clawlive.server.agents;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.AgentServiceGrpc.AgentServiceImplBase;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetAgentResponse;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListAgentsResponse;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

@Singleton
final class AgentGrpcService extends AgentServiceImplBase {
  /** How many projects are shown with an agent. */
  private static final int PROJECTS = 50;

  private final Agents agents;
  private final Projects projects;
  private final AgentsAtWork agentsAtWork;

  AgentGrpcService(Agents agents, Projects projects, AgentsAtWork agentsAtWork) {
    this.agents = agents;
    this.projects = projects;
    this.agentsAtWork = agentsAtWork;
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
    AgentRow row = agents.get(request.getAgent());
    Agent.Builder agent = AgentMessages.of(row, agentsAtWork.atWork());
    projects.newest(row.id(), PROJECTS).forEach(p -> agent.addProjects(AgentMessages.of(p)));
    out.onNext(GetAgentResponse.newBuilder().setAgent(agent).build());
    out.onCompleted();
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> out) {
    int limit = Page.limit(request.getPageSize());
    Set<UUID> atWork = agentsAtWork.atWork();
    var page = Page.cut(agents.page(request, atWork, limit), limit, AgentRow::handle);
    var answer = ListAgentsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addAgents(AgentMessages.of(row, atWork)));
    out.onNext(answer.build());
    out.onCompleted();
  }
}
