package io.clawlive.server.sandbox.teams;

import io.clawlive.server.sandbox.teams.TeamFile.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Keywords as parts of the text, upper and lower case alike, wherever they stand. The confidence is
 * the mean of min(1, length / 10) over the keywords found, so it rises with their length alone.
 */
final class KeywordScorer implements Scorer {
  private static final double FULL_LENGTH = 10;

  @Override
  public List<Score> score(TeamFolder.Loaded team, String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return team.file().places().stream()
        .map(place -> score(place, text))
        .filter(score -> score.confidence() > 0)
        .sorted(Comparator.comparingDouble(Score::confidence).reversed())
        .toList();
  }

  private static Score score(Place place, String text) {
    List<String> found =
        place.keywords().stream()
            .filter(keyword -> text.contains(keyword.toLowerCase(Locale.ROOT)))
            .toList();
    double confidence =
        found.stream()
            .mapToDouble(keyword -> Math.min(1, keyword.length() / FULL_LENGTH))
            .average()
            .orElse(0);
    return new Score(place, confidence, found);
  }
}
