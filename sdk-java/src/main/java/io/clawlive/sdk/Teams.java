package io.clawlive.sdk;

import io.clawlive.sandbox.v1.ClassifyMessageRequest;
import io.clawlive.sandbox.v1.ClassifyMessageResponse;
import io.clawlive.sandbox.v1.GetTeamRequest;
import io.clawlive.sandbox.v1.GetTeamResponse;
import io.clawlive.sandbox.v1.ListTeamsRequest;
import io.clawlive.sandbox.v1.ListTeamsResponse;
import io.clawlive.sandbox.v1.ReloadTeamsRequest;
import io.clawlive.sandbox.v1.ReloadTeamsResponse;
import io.clawlive.sandbox.v1.SendTeamMessageRequest;
import io.clawlive.sandbox.v1.SendTeamMessageResponse;
import io.clawlive.sandbox.v1.Team;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.sandbox.v1.TeamServiceGrpc;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/**
 * Teams: several agents behind one address. A message to a team reaches the agent that it fits; one
 * that may be for several is asked back. Teams are files of the server's.
 */
public final class Teams {
  private final Unary unary;

  Teams(Unary unary) {
    this.unary = unary;
  }

  /** The teams by id, at most 100, and what is wrong with their files. */
  public ListTeamsResponse list() {
    return Unary.await(listAsync());
  }

  /** As {@link #list}. */
  public CompletableFuture<ListTeamsResponse> listAsync() {
    return unary.call(TeamServiceGrpc.getListTeamsMethod(), ListTeamsRequest.getDefaultInstance());
  }

  /**
   * A team.
   *
   * @param team its id
   * @throws NotFoundException when there is none of this id
   */
  public Team get(String team) {
    return Unary.await(getAsync(team));
  }

  /** As {@link #get}. */
  public CompletableFuture<Team> getAsync(String team) {
    return unary
        .call(
            TeamServiceGrpc.getGetTeamMethod(), GetTeamRequest.newBuilder().setTeamId(team).build())
        .thenApply(GetTeamResponse::getTeam);
  }

  /**
   * Where a message would go; nothing is sent.
   *
   * @param team its id
   * @param message 1 to 4,000 characters
   * @throws NotFoundException when there is no such team
   * @throws UnavailableException with reason LLM_UNAVAILABLE when a language model alone decides and
   *     gives no answer
   */
  public TeamRoute classify(String team, String message) {
    return Unary.await(classifyAsync(team, message));
  }

  /** As {@link #classify}. */
  public CompletableFuture<TeamRoute> classifyAsync(String team, String message) {
    return unary
        .call(
            TeamServiceGrpc.getClassifyMessageMethod(),
            ClassifyMessageRequest.newBuilder().setTeamId(team).setMessage(message).build())
        .thenApply(ClassifyMessageResponse::getRoute);
  }

  /**
   * Says something to a team: in the room that its file names, to the one agent that it fits. Below
   * a confidence of 0.7 nothing is sent and the answer names the candidates.
   *
   * @param team its id
   * @param message 1 to 4,000 characters
   * @throws NotFoundException when there is no such team
   */
  public SendTeamMessageResponse send(String team, String message) {
    return send(SendTeamMessageRequest.newBuilder().setTeamId(team).setMessage(message).build());
  }

  /** As {@link #send(String, String)}, to a named agent or safe to repeat. */
  public SendTeamMessageResponse send(SendTeamMessageRequest request) {
    return Unary.await(sendAsync(request));
  }

  /** As {@link #send(SendTeamMessageRequest)}. */
  public CompletableFuture<SendTeamMessageResponse> sendAsync(SendTeamMessageRequest request) {
    return unary.call(TeamServiceGrpc.getSendTeamMessageMethod(), request);
  }

  /**
   * Has the server read every file anew. For administrators.
   *
   * @throws NotAllowedException when the caller is none
   */
  public ReloadTeamsResponse reload() {
    return Unary.await(reloadAsync());
  }

  /** As {@link #reload}. */
  public CompletableFuture<ReloadTeamsResponse> reloadAsync() {
    return unary.call(
        TeamServiceGrpc.getReloadTeamsMethod(), ReloadTeamsRequest.getDefaultInstance());
  }
}
