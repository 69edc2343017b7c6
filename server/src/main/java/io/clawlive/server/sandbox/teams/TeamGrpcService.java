package io.clawlive.server.sandbox.teams;

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
import io.clawlive.sandbox.v1.TeamAgent;
import io.clawlive.sandbox.v1.TeamAgentState;
import io.clawlive.sandbox.v1.TeamFileProblem;
import io.clawlive.sandbox.v1.TeamServiceGrpc.TeamServiceImplBase;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import io.clawlive.server.sandbox.teams.Teams.Standing;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class TeamGrpcService extends TeamServiceImplBase {
  private final Teams teams;
  private final TeamChat chat;

  TeamGrpcService(Teams teams, TeamChat chat) {
    this.teams = teams;
    this.chat = chat;
  }

  @Override
  public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> out) {
    var answer = ListTeamsResponse.newBuilder();
    teams.list().forEach(standing -> answer.addTeams(message(standing)));
    answer.addAllProblems(messages(teams.problems()));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void getTeam(GetTeamRequest request, StreamObserver<GetTeamResponse> out) {
    Standing standing = teams.get(request.getTeamId());
    out.onNext(GetTeamResponse.newBuilder().setTeam(message(standing)).build());
    out.onCompleted();
  }

  @Override
  public void reloadTeams(ReloadTeamsRequest request, StreamObserver<ReloadTeamsResponse> out) {
    teams.reload();
    out.onNext(
        ReloadTeamsResponse.newBuilder()
            .setTeams(teams.list().size())
            .addAllProblems(messages(teams.problems()))
            .build());
    out.onCompleted();
  }

  @Override
  public void classifyMessage(
      ClassifyMessageRequest request, StreamObserver<ClassifyMessageResponse> out) {
    var route = teams.route(teams.get(request.getTeamId()), request.getMessage());
    out.onNext(ClassifyMessageResponse.newBuilder().setRoute(route).build());
    out.onCompleted();
  }

  @Override
  public void sendTeamMessage(
      SendTeamMessageRequest request, StreamObserver<SendTeamMessageResponse> out) {
    out.onNext(chat.send(request));
    out.onCompleted();
  }

  private static Team message(Standing standing) {
    TeamFile file = standing.team().file();
    var team =
        Team.newBuilder()
            .setTeamId(file.id())
            .setName(file.name())
            .setMode(file.mode())
            .addAllProblems(messages(standing.team().problems()));
    file.places().forEach(place -> team.addAgents(message(standing, place)));
    return team.build();
  }

  private static TeamAgent message(Standing standing, Place place) {
    return TeamAgent.newBuilder()
        .setKey(place.key())
        .setAgent(place.agent())
        .setDescription(place.description())
        .addAllKeywords(place.keywords())
        .setState(
            standing.isPresent(place)
                ? TeamAgentState.TEAM_AGENT_STATE_PRESENT
                : TeamAgentState.TEAM_AGENT_STATE_UNKNOWN)
        .setRoomId(place.room())
        .build();
  }

  private static List<TeamFileProblem> messages(List<FileProblem> problems) {
    return problems.stream()
        .map(problem ->
            TeamFileProblem.newBuilder()
                .setFile(problem.file())
                .setLine(problem.line())
                .setMessage(problem.message())
                .setError(problem.error())
                .build())
        .toList();
  }
}
