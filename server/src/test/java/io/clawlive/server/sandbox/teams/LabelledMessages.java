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
import java.util.stream.Stream;

/**
 * Messages with the places that a person would send them to, and how well a scorer does on them.
 */
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
   * @param sent messages sent to a place without asking back
   * @param wrong of these, sent to a place that they do not fit
   * @param misled messages whose likeliest place, sent there or asked about, is one they do not fit
   * @param first messages that fit somebody, of which the likeliest place is one that they fit
   * @param fitting messages that fit somebody
   */
  record Figures(
      int messages,
      int right,
      int sent,
      int wrong,
      int misled,
      int first,
      int fitting,
      List<String> misses) {
    double accuracy() {
      return (double) right / messages;
    }

    /** Of the messages sent. */
    double wrongOfSent() {
      return (double) wrong / sent;
    }

    double misledRate() {
      return (double) misled / messages;
    }

    /** Both together. */
    Figures and(Figures other) {
      return new Figures(
          messages + other.messages,
          right + other.right,
          sent + other.sent,
          wrong + other.wrong,
          misled + other.misled,
          first + other.first,
          fitting + other.fitting,
          Stream.concat(misses.stream(), other.misses.stream()).toList());
    }

    double firstRate() {
      return (double) first / fitting;
    }

    String line(String name) {
      return ("%-9s %d messages: %.1f %% decided right, %.1f %% with a right agent first,"
              + " %.1f %% with a wrong one first, %d sent, %d of them to a wrong agent (%.1f %%)")
          .formatted(
              name,
              messages,
              100 * accuracy(),
              100 * firstRate(),
              100 * misledRate(),
              sent,
              wrong,
              100 * wrongOfSent());
    }
  }

  private LabelledMessages() {}

  static LabelledMessages read(String name) {
    LabelledMessages read = new LabelledMessages();
    for (String line : resource("messages/" + name + ".txt").lines().toList()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 3);
        Set<String> fits = parts[1].equals("nobody") ? Set.of() : Set.of(parts[1].split("\\+"));
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
    int sent = 0;
    int wrong = 0;
    int misled = 0;
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
      boolean goes = route.getOutcome() == RouteOutcome.ROUTE_OUTCOME_ROUTED;
      sent += goes ? 1 : 0;
      wrong += goes && !fits.contains(route.getKey()) ? 1 : 0;
      misled += !scores.isEmpty() && !fits.contains(scores.getFirst().place().key()) ? 1 : 0;
      if (!fits.isEmpty()) {
        fitting++;
        first += !scores.isEmpty() && fits.contains(scores.getFirst().place().key()) ? 1 : 0;
      }
      if (!good) {
        misses.add(
            message
                + " -> "
                + route.getOutcome()
                + " "
                + scores.stream().map(LabelledMessages::shown).toList());
      }
    }
    return new Figures(messages.size(), right, sent, wrong, misled, first, fitting, misses);
  }

  private static String shown(Score score) {
    return "%s %.2f %s".formatted(score.place().key(), score.confidence(), score.matched());
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
