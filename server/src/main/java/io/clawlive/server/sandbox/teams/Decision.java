package io.clawlive.server.sandbox.teams;

import io.clawlive.sandbox.v1.LeftOutAgent;
import io.clawlive.sandbox.v1.RouteCandidate;
import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import java.util.List;

/** Turns what speaks for each place into a route. */
final class Decision {
  /** Below this the sender is asked back. */
  static final double SURE = 0.7;

  private static final int MOST_CANDIDATES = 5;

  private Decision() {}

  /**
   * The route by what was found in a message.
   *
   * @param scores of places that can be chosen, the likeliest first
   */
  static TeamRoute byWords(List<Score> scores, List<LeftOutAgent> leftOut, RouteDecider decider) {
    var route = TeamRoute.newBuilder().setDecidedBy(decider).addAllLeftOut(leftOut);
    scores.stream().limit(MOST_CANDIDATES).forEach(score -> route.addCandidates(candidate(score)));
    if (scores.isEmpty()) {
      return route.setOutcome(RouteOutcome.ROUTE_OUTCOME_UNKNOWN).build();
    }
    Score best = scores.getFirst();
    route.setConfidence(best.confidence());
    return best.confidence() < SURE
        ? route.setOutcome(RouteOutcome.ROUTE_OUTCOME_ASK).build()
        : to(route, best.place());
  }

  /** The route by what a model said of a message. */
  static TeamRoute byModel(
      LanguageModel.Verdict verdict, List<Score> words, List<LeftOutAgent> leftOut) {
    var route =
        TeamRoute.newBuilder()
            .setDecidedBy(RouteDecider.ROUTE_DECIDER_MODEL)
            .addAllLeftOut(leftOut);
    return switch (verdict) {
      case LanguageModel.Nobody() -> route.setOutcome(RouteOutcome.ROUTE_OUTCOME_UNKNOWN).build();
      case LanguageModel.Chosen(Place place, double confidence) -> {
        route
            .setConfidence(confidence)
            .addCandidates(candidate(new Score(place, confidence, List.of())));
        words.stream()
            .filter(score -> !score.place().key().equals(place.key()))
            .limit(MOST_CANDIDATES - 1)
            .forEach(score -> route.addCandidates(candidate(score)));
        yield confidence < SURE
            ? route.setOutcome(RouteOutcome.ROUTE_OUTCOME_ASK).build()
            : to(route, place);
      }
    };
  }

  /** The route to the place that the sender named. */
  static TeamRoute named(Place place, List<LeftOutAgent> leftOut) {
    return to(
        TeamRoute.newBuilder()
            .setDecidedBy(RouteDecider.ROUTE_DECIDER_SENDER)
            .addAllLeftOut(leftOut)
            .setConfidence(1),
        place);
  }

  private static TeamRoute to(TeamRoute.Builder route, Place place) {
    return route
        .setOutcome(RouteOutcome.ROUTE_OUTCOME_ROUTED)
        .setKey(place.key())
        .setAgent(place.agent())
        .build();
  }

  private static RouteCandidate candidate(Score score) {
    return RouteCandidate.newBuilder()
        .setKey(score.place().key())
        .setAgent(score.place().agent())
        .setDescription(score.place().description())
        .setConfidence(score.confidence())
        .addAllMatched(score.matched().stream().limit(10).toList())
        .build();
  }
}
