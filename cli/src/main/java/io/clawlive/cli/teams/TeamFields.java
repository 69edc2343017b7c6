package io.clawlive.cli.teams;

import io.clawlive.cli.shell.Json;
import io.clawlive.sandbox.v1.LeftOutAgent;
import io.clawlive.sandbox.v1.RouteCandidate;
import io.clawlive.sandbox.v1.Team;
import io.clawlive.sandbox.v1.TeamAgent;
import io.clawlive.sandbox.v1.TeamFileProblem;
import io.clawlive.sandbox.v1.TeamRoute;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Teams and routes under the field names of the contract. */
final class TeamFields {
  private TeamFields() {}

  static Map<String, Object> of(Team team) {
    return Json.object(
        "team_id", team.getTeamId(),
        "name", team.getName(),
        "mode", word(team.getMode()),
        "agents", team.getAgentsList().stream().map(TeamFields::of).toList(),
        "problems", team.getProblemsList().stream().map(TeamFields::of).toList());
  }

  private static Map<String, Object> of(TeamAgent agent) {
    return Json.object(
        "key", agent.getKey(),
        "agent", agent.getAgent(),
        "description", agent.getDescription(),
        "keywords", agent.getKeywordsList(),
        "state", word(agent.getState()),
        "room_id", agent.getRoomId().isEmpty() ? null : agent.getRoomId());
  }

  static Map<String, Object> of(TeamFileProblem problem) {
    return Json.object(
        "file", problem.getFile(),
        "line", problem.getLine(),
        "message", problem.getMessage(),
        "error", problem.getError());
  }

  static Map<String, Object> of(TeamRoute route) {
    return Json.object(
        "outcome", word(route.getOutcome()),
        "key", route.getKey().isEmpty() ? null : route.getKey(),
        "agent", route.getAgent().isEmpty() ? null : route.getAgent(),
        "confidence", route.getConfidence(),
        "decided_by", word(route.getDecidedBy()),
        "candidates", route.getCandidatesList().stream().map(TeamFields::of).toList(),
        "left_out", route.getLeftOutList().stream().map(TeamFields::of).toList(),
        "model_failure", route.getModelFailure().isEmpty() ? null : route.getModelFailure());
  }

  private static Map<String, Object> of(RouteCandidate candidate) {
    return Json.object(
        "key", candidate.getKey(),
        "agent", candidate.getAgent(),
        "confidence", candidate.getConfidence(),
        "matched", candidate.getMatchedList());
  }

  private static Map<String, Object> of(LeftOutAgent agent) {
    return Json.object(
        "key", agent.getKey(), "agent", agent.getAgent(), "reason", agent.getReason());
  }

  /** The last word of a constant's name: "hybrid" of ROUTER_MODE_HYBRID. */
  static String word(Enum<?> constant) {
    return constant.name().substring(constant.name().lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
  }

  static String sentence(TeamFileProblem problem) {
    return problem.getLine() == 0
        ? "%s: %s".formatted(problem.getFile(), problem.getMessage())
        : "%s, line %d: %s".formatted(problem.getFile(), problem.getLine(), problem.getMessage());
  }

  static String sentence(TeamRoute route) {
    return switch (route.getOutcome()) {
      case ROUTE_OUTCOME_ROUTED ->
          "It goes to %s (%s), confidence %.2f."
              .formatted(route.getKey(), route.getAgent(), route.getConfidence());
      case ROUTE_OUTCOME_ASK -> "It may be for %s.".formatted(candidates(route));
      case ROUTE_OUTCOME_UNKNOWN, ROUTE_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          "It fits no agent of the team.";
    };
  }

  private static String candidates(TeamRoute route) {
    return route.getCandidatesList().stream()
        .map(candidate -> "%s (%.2f)".formatted(candidate.getKey(), candidate.getConfidence()))
        .collect(Collectors.joining(" or "));
  }
}
