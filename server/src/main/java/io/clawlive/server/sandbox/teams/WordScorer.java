package io.clawlive.server.sandbox.teams;

import io.clawlive.server.sandbox.teams.TeamFile.Place;
import io.clawlive.server.sandbox.teams.TeamWords.Keyword;
import io.clawlive.server.sandbox.teams.TeamWords.Near;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words instead of letters: a keyword is found where its words stand, in any of their forms and
 * slightly misspelled, and never inside another word.
 *
 * <p>Each keyword found counts {@code (1 + PHRASE × (words − 1)) × how telling it is × SPELLED}; a
 * word of the description, or one of a phrase that is not there as a whole, counts {@code MENTION ×
 * how telling it is}. What the message says it is not about counts against. The sum for a place is
 * its evidence e; its confidence is {@code (1 − exp(−CERTAIN × e)) × (1 − RIVAL × min(1, r / e)²)},
 * where r is the evidence for its strongest rival, whether or not that one can be chosen.
 */
final class WordScorer implements Scorer {
  /** What every further word of a phrase adds. */
  private static final double PHRASE = 0.5;

  /** What a word counts that only stands in a description or in a phrase. */
  private static final double MENTION = 0.35;

  /** What a word counts with one slip, where the word has 5 letters or fewer, and where more. */
  private static final double SLIP_SHORT = 0.55;

  private static final double SLIP = 0.8;

  /** With two slips, in 8 letters or more. */
  private static final double SLIPS = 0.6;

  /** A word that only shares its stem with the keyword: "expensive" for "expense". */
  private static final double OTHER_MATTER = 0.6;

  /** A keyword within a phrase of another place: "call" in "on call". */
  private static final double WITHIN_ANOTHER = 0.5;

  /** A keyword that the message says it is not about. */
  private static final double NEGATED = -0.5;

  /** One keyword of one place alone: 1 − exp(−1.6) = 0.80. */
  private static final double CERTAIN = 1.6;

  private static final double RIVAL = 0.6;

  /** Less evidence than this is none. */
  private static final double LEAST = 0.3;

  private static final int MOST_MATCHED = 10;

  /** Different words of a message that are looked up as slips; the first ones. */
  private static final int MOST_LOOKED_UP = 200;

  /** A word of the message as a word of the file, and how sure that is. */
  private record Read(Word word, String stem, double sure) {}

  /** Where a keyword stands. */
  private record Found(Keyword keyword, int from, int to, double sure, boolean negated) {
    int words() {
      return to - from;
    }

    boolean covers(int position) {
      return position >= from && position < to;
    }
  }

  /** What speaks for a place. */
  private record Evidence(Place place, double sum, List<String> matched) {}

  @Override
  public List<Score> score(TeamFolder.Loaded team, String message) {
    List<Read> text = read(team.words(), Word.in(message));
    List<Found> found = found(team.words(), text);
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < team.file().places().size(); i++) {
      evidence.add(evidence(team, i, text, found));
    }
    return evidence.stream()
        .filter(one -> one.sum() >= LEAST)
        .map(one -> new Score(one.place(), confidence(one, evidence), one.matched()))
        .sorted(Comparator.comparingDouble(Score::confidence).reversed())
        .toList();
  }

  private static double confidence(Evidence one, List<Evidence> all) {
    double rival =
        all.stream().filter(other -> other != one).mapToDouble(Evidence::sum).max().orElse(0);
    double share = Math.clamp(rival / one.sum(), 0, 1);
    return (1 - Math.exp(-CERTAIN * one.sum())) * (1 - RIVAL * share * share);
  }

  private static List<Read> read(TeamWords words, List<Word> message) {
    List<Read> read = new ArrayList<>();
    Map<Word, Optional<Near>> looked = new HashMap<>();
    for (Word word : message) {
      boolean known = words.has(word.stem()) || !word.tells();
      if (!known && looked.size() < MOST_LOOKED_UP) {
        looked.computeIfAbsent(word, one -> Optional.ofNullable(words.near(one)));
      }
      Near near = known ? null : looked.getOrDefault(word, Optional.empty()).orElse(null);
      read.add(
          near == null
              ? new Read(word, word.stem(), 1)
              : new Read(word, near.stem(), sure(word, near)));
    }
    return read;
  }

  private static double sure(Word word, Near near) {
    if (near.slips() > 1) {
      return SLIPS;
    }
    return word.form().length() <= 5 ? SLIP_SHORT : SLIP;
  }

  private static List<Found> found(TeamWords words, List<Read> text) {
    List<Found> found = new ArrayList<>();
    List<String> forms = text.stream().map(read -> read.word().form()).toList();
    for (int i = 0; i < text.size(); i++) {
      for (Keyword keyword : words.beginningWith(text.get(i).stem())) {
        if (stands(keyword, text, i)) {
          int to = i + keyword.words().size();
          found.add(new Found(keyword, i, to, sure(keyword, text, i), Negation.before(forms, i)));
        }
      }
      if (i + 1 < text.size()) {
        // "pay slip" is also found where the keyword is "payslip".
        Word both = text.get(i).word().join(text.get(i + 1).word());
        for (Keyword keyword : words.beginningWith(both.stem())) {
          if (keyword.words().size() == 1 && both.form().length() >= 6) {
            found.add(new Found(keyword, i, i + 2, 1, Negation.before(forms, i)));
          }
        }
      }
    }
    return found;
  }

  /** How sure it is that the words from here on are the keyword's: as sure as the least sure. */
  private static double sure(Keyword keyword, List<Read> text, int from) {
    double least = 1;
    for (int i = 0; i < keyword.words().size(); i++) {
      Read read = text.get(from + i);
      boolean other = read.sure() == 1 && read.word().differsInMatter(keyword.words().get(i));
      least = Math.min(least, other ? OTHER_MATTER : read.sure());
    }
    return least;
  }

  private static boolean stands(Keyword keyword, List<Read> text, int from) {
    List<String> stems = keyword.stems();
    if (from + stems.size() > text.size()) {
      return false;
    }
    for (int i = 0; i < stems.size(); i++) {
      if (!text.get(from + i).stem().equals(stems.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Evidence evidence(
      TeamFolder.Loaded team, int place, List<Read> text, List<Found> found) {
    TeamWords words = team.words();
    Set<String> matched = new LinkedHashSet<>();
    Set<Integer> counted = new HashSet<>();
    double sum = 0;
    List<Found> mine =
        found.stream()
            .filter(one -> one.keyword().place() == place)
            .sorted(
                Comparator.comparingInt(Found::words).thenComparingDouble(Found::sure).reversed())
            .toList();
    Set<String> stemsUsed = new HashSet<>();
    for (Found one : mine) {
      boolean covered = true;
      for (int i = one.from(); i < one.to(); i++) {
        covered &= !counted.add(i);
      }
      if (covered) {
        continue;
      }
      one.keyword().stems().forEach(stemsUsed::add);
      if (matched.add(one.keyword().text())) {
        sum += value(words, one, found);
      }
    }
    Map<String, String> mentions = words.mentions(place);
    for (int i = 0; i < text.size(); i++) {
      Read read = text.get(i);
      String form = mentions.get(read.stem());
      if (form != null && counted.add(i) && stemsUsed.add(read.stem())) {
        matched.add(form);
        sum += MENTION * words.weight(read.stem()) * read.sure();
      }
    }
    return new Evidence(
        team.file().places().get(place), sum, matched.stream().limit(MOST_MATCHED).toList());
  }

  private static double value(TeamWords words, Found one, List<Found> all) {
    double value =
        (1 + PHRASE * (one.keyword().words().size() - 1))
            * words.weight(one.keyword())
            * one.sure();
    boolean withinAnother =
        one.words() == 1
            && all.stream()
                .anyMatch(other ->
                    other.keyword().place() != one.keyword().place()
                        && other.words() > 1
                        && other.covers(one.from()));
    return value * (withinAnother ? WITHIN_ANOTHER : 1) * (one.negated() ? NEGATED : 1);
  }
}
