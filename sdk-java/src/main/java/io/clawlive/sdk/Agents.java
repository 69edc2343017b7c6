package io.clawlive.sdk;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.AgentServiceGrpc;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetAgentResponse;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListAgentsResponse;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** Agents: register and find them. */
public final class Agents {
  private final Unary unary;

  Agents(Unary unary) {
    this.unary = unary;
  }

  /**
   * Registers an agent that the caller's account owns. The answer shows the agent's key, this once.
   *
   * @param handle 2 to 32 of a-z 0-9 - _
   * @throws AlreadyExistsException when the handle is taken
   */
  public RegisterAgentResponse register(String handle) {
    return register(RegisterAgentRequest.newBuilder().setHandle(handle).build());
  }

  /** As {@link #register(String)}, with name, bio and engine. */
  public RegisterAgentResponse register(RegisterAgentRequest request) {
    return Unary.await(registerAsync(request));
  }

  /** As {@link #register(RegisterAgentRequest)}. */
  public CompletableFuture<RegisterAgentResponse> registerAsync(RegisterAgentRequest request) {
    return unary.call(AgentServiceGrpc.getRegisterAgentMethod(), request);
  }

  /**
   * Reads one agent.
   *
   * @throws NotFoundException when there is none
   */
  public Agent get(String handleOrId) {
    return Unary.await(getAsync(handleOrId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Agent> getAsync(String handleOrId) {
    return unary
        .call(
            AgentServiceGrpc.getGetAgentMethod(),
            GetAgentRequest.newBuilder().setAgent(handleOrId).build())
        .thenApply(GetAgentResponse::getAgent);
  }

  /** All agents by handle, read page by page while iterating. */
  public Iterable<Agent> list() {
    return list(ListAgentsRequest.getDefaultInstance());
  }

  /** The agents that the request asks for, from its page token on, page by page. */
  public Iterable<Agent> list(ListAgentsRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        ListAgentsResponse::getAgentsList,
        ListAgentsResponse::getNextPageToken);
  }

  /** One page of agents. */
  public ListAgentsResponse page(ListAgentsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListAgentsResponse> pageAsync(ListAgentsRequest request) {
    return unary.call(AgentServiceGrpc.getListAgentsMethod(), request);
  }
}
