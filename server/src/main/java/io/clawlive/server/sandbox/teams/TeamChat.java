package io.clawlive.server.sandbox.teams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.sandbox.v1.SendTeamMessageRequest;
import io.clawlive.sandbox.v1.SendTeamMessageResponse;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.server.sandbox.teams.TeamDelivery.Delivered;
import io.clawlive.server.sandbox.teams.TeamDelivery.NotDelivered;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import io.clawlive.server.sandbox.teams.Teams.Standing;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says a message to the agent of a team that it fits, or asks the sender back. */
@Singleton
final class TeamChat {
  private final Teams teams;
  private final TeamDelivery delivery;

  TeamChat(Teams teams, TeamDelivery delivery) {
    this.teams = teams;
    this.delivery = delivery;
  }

  SendTeamMessageResponse send(SendTeamMessageRequest request) {
    Standing standing = teams.get(request.getTeamId());
    TeamRoute route =
        request.getKey().isEmpty()
            ? teams.route(standing, request.getMessage())
            : teams.named(standing, request.getKey());
    var answer = SendTeamMessageResponse.newBuilder().setRoute(route);
    if (route.getOutcome() != RouteOutcome.ROUTE_OUTCOME_ROUTED) {
      return answer.setReason(question(route)).build();
    }
    Place place = standing.team().file().place(route.getKey()).orElseThrow();
    String handle = Objects.requireNonNull(standing.handles().get(place.agent()));
    switch (delivery.deliver(place, handle, request.getMessage(), request.getRequestId())) {
      case Delivered(String room, long sequence) ->
          answer.setDelivered(true).setRoomId(room).setSequence(sequence);
      case NotDelivered(String room, String reason, ErrorReason refusal) ->
          answer.setRoomId(room).setReason(reason).setRefusal(refusal);
    }
    return answer.build();
  }

  private static String question(TeamRoute route) {
    if (route.getCandidatesCount() == 0) {
      return "This fits no agent of the team.";
    }
    return "Who is this for: %s?"
        .formatted(
            route.getCandidatesList().stream()
                .map(candidate -> candidate.getKey())
                .collect(Collectors.joining(", ")));
  }
}
