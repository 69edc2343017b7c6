package io.clawlive.server.sandbox.teams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.LeftOutAgent;
import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.server.agents.Agents;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides where a message of a team goes. */
@Singleton
final class Teams {
  private static final Scorer KEYWORDS = new KeywordScorer();
  private static final Scorer WORDS = new WordScorer();

  private final TeamFolder folder;
  private final Agents agents;
  private final LanguageModel model;

  Teams(TeamFolder folder, Agents agents, LanguageModel model) {
    this.folder = folder;
    this.agents = agents;
    this.model = model;
  }

  /**
   * A team as it stands.
   *
   * @param handles of its agents that somebody has registered, by what the file calls them
   */
  record Standing(TeamFolder.Loaded team, Map<String, String> handles) {
    /** Why nobody can be sent to a place; empty when they can. */
    String absent(Place place) {
      if (!place.absent().isEmpty() || handles.containsKey(place.agent())) {
        return place.absent();
      }
      return "Nobody has registered an agent '%s'.".formatted(place.agent());
    }

    boolean isPresent(Place place) {
      return absent(place).isEmpty();
    }

    List<Place> present() {
      return team.file().places().stream().filter(this::isPresent).toList();
    }

    List<LeftOutAgent> leftOut() {
      return team.file().places().stream()
          .filter(place -> !isPresent(place))
          .map(place ->
              LeftOutAgent.newBuilder()
                  .setKey(place.key())
                  .setAgent(place.agent())
                  .setReason(absent(place))
                  .build())
          .toList();
    }
  }

  /** All teams by id. */
  List<Standing> list() {
    List<TeamFolder.Loaded> teams = folder.teams();
    Map<String, String> handles =
        agents.handles(
            teams.stream().flatMap(team -> named(team).stream()).collect(Collectors.toSet()));
    return teams.stream().map(team -> new Standing(team, handles)).toList();
  }

  Standing get(String id) {
    TeamFolder.Loaded team =
        folder
            .team(id)
            .orElseThrow(() ->
                Refusal.of(
                    ErrorReason.ERROR_REASON_TEAM_NOT_FOUND,
                    "There is no team '" + id + "'.",
                    "team_id",
                    id));
    return new Standing(team, agents.handles(named(team)));
  }

  /** What is wrong with the files. */
  List<FileProblem> problems() {
    return folder.problems();
  }

  /** Reads every file anew. */
  void reload() {
    folder.reload();
  }

  private static Set<String> named(TeamFolder.Loaded team) {
    return team.file().places().stream()
        .map(Place::agent)
        .filter(agent -> !agent.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Where a message goes. */
  TeamRoute route(Standing standing, String message) {
    return switch (standing.team().file().mode()) {
      case ROUTER_MODE_KEYWORD ->
          Decision.byWords(
              scores(KEYWORDS, standing, message),
              standing.leftOut(),
              RouteDecider.ROUTE_DECIDER_KEYWORDS);
      case ROUTER_MODE_LLM -> byModel(standing, List.of(), message);
      case ROUTER_MODE_HYBRID, ROUTER_MODE_UNSPECIFIED, UNRECOGNIZED -> hybrid(standing, message);
    };
  }

  private TeamRoute hybrid(Standing standing, String message) {
    List<Score> scores = scores(WORDS, standing, message);
    TeamRoute route =
        Decision.byWords(scores, standing.leftOut(), RouteDecider.ROUTE_DECIDER_WORDS);
    if (route.getConfidence() >= Decision.SURE || !model.isConfigured()) {
      return route;
    }
    try {
      return byModel(standing, scores, message);
    } catch (Refusal e) {
      // What the words said still holds.
      return route.toBuilder().setModelFailure(String.valueOf(e.getMessage())).build();
    }
  }

  private TeamRoute byModel(Standing standing, List<Score> words, String message) {
    TeamFile team = standing.team().file();
    return Decision.byModel(
        model.ask(team, standing.present(), message), words, standing.leftOut());
  }

  /** The route to the place of this key, which the sender chose. */
  TeamRoute named(Standing standing, String key) {
    Place place =
        standing
            .team()
            .file()
            .place(key)
            .filter(standing::isPresent)
            .orElseThrow(() ->
                Refusal.of(
                    ErrorReason.ERROR_REASON_TEAM_AGENT_NOT_FOUND,
                    "The team has no agent '%s' that messages can be sent to.".formatted(key),
                    "key",
                    key));
    return Decision.named(place, standing.leftOut());
  }

  private static List<Score> scores(Scorer scorer, Standing standing, String message) {
    return scorer.score(standing.team(), message).stream()
        .filter(score -> standing.isPresent(score.place()))
        .toList();
  }
}
