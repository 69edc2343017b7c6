package io.clawlive.server.sandbox.teams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.sandbox.v1.TeamRoute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Messages with the places that a person would send them to, and how well a scorer does on them. */
final class LabelledMessages {
  private final List<Labelled> messages = new ArrayList<>();
  private final Map<String, TeamFolder.Loaded> teams = new HashMap<>();

  /**
   * A message.
   *
   * @param fits keys of the places; none when it fits nobody, two when it fits two
   */
  record Labelled(String team, Set<String> fits, String text) {}

  /**
   * How well a scorer does.
   *
   * @param right decisions a person would make too: sent to the one place, asked back between the
   *     two, sent to nobody
   * @param wrong messages sent to a place that they do not fit
   * @param first messages that fit somebody, of which the likeliest place is one that they fit
   * @param fitting messages that fit somebody
   */
  record Figures(int messages, int right, int wrong, int first, int fitting, List<String> misses) {
    double accuracy() {
      return (double) right / messages;
    }

    double wrongRate() {
      return (double) wrong / messages;
    }

    double firstRate() {
      return (double) first / fitting;
    }

    String line(String name) {
      return "%-9s %d messages: %.1f %% decided right, %.1f %% sent to a wrong agent, %.1f %% with a right agent first"
          .formatted(
              name, messages, 100 * accuracy(), 100 * wrongRate(), 100 * firstRate());
    }
  }

  private LabelledMessages() {}

  static LabelledMessages read(String name) {
    LabelledMessages read = new LabelledMessages();
    for (String line : resource("messages/" + name + ".txt").lines().toList()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 3);
        Set<String> fits =
            parts[1].equals("nobody") ? Set.of() : Set.of(parts[1].split("\\+"));
        read.messages.add(new Labelled(parts[0], fits, parts[2]));
        read.teams.computeIfAbsent(parts[0], LabelledMessages::team);
      }
    }
    return read;
  }

  List<Labelled> messages() {
    return messages;
  }

  /** The team of the labelled files with this id. */
  static TeamFolder.Loaded team(String id) {
    TeamReader.Reading reading =
        TeamReader.read(id + ".toml", id, resource("files/" + id + ".toml"));
    TeamFile file = reading.team().orElseThrow(() -> new AssertionError(reading.problems()));
    return new TeamFolder.Loaded(file, TeamWords.of(file), reading.problems());
  }

  Figures measure(Scorer scorer) {
    int right = 0;
    int wrong = 0;
    int first = 0;
    int fitting = 0;
    List<String> misses = new ArrayList<>();
    for (Labelled message : messages) {
      TeamFolder.Loaded team = teams.get(message.team());
      List<Score> scores = scorer.score(team, message.text());
      TeamRoute route = Decision.byWords(scores, List.of(), RouteDecider.ROUTE_DECIDER_WORDS);
      Set<String> fits = message.fits();
      boolean good =
          switch (fits.size()) {
            case 0 -> route.getOutcome() == RouteOutcome.ROUTE_OUTCOME_UNKNOWN;
            case 1 ->
                route.getOutcome() == RouteOutcome.ROUTE_OUTCOME_ROUTED
                    && fits.contains(route.getKey());
            default ->
                route.getOutcome() == RouteOutcome.ROUTE_OUTCOME_ASK
                    && route.getCandidatesList().stream()
                        .map(candidate -> candidate.getKey())
                        .collect(Collectors.toSet())
                        .containsAll(fits);
          };
      right += good ? 1 : 0;
      wrong +=
          route.getOutcome() == RouteOutcome.ROUTE_OUTCOME_ROUTED && !fits.contains(route.getKey())
              ? 1
              : 0;
      if (!fits.isEmpty()) {
        fitting++;
        first += !scores.isEmpty() && fits.contains(scores.getFirst().place().key()) ? 1 : 0;
      }
      if (!good) {
        misses.add(message + " -> " + route.getOutcome() + " " + scores.stream().map(s -> "%s %.2f %s".formatted(s.place().key(), s.confidence(), s.matched())).toList());
      }
    }
    return new Figures(messages.size(), right, wrong, first, fitting, misses);
  }

  private static String resource(String name) {
    try (InputStream in = LabelledMessages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
