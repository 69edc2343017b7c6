package io.clawlive.server.sandbox.teams;

import io.clawlive.server.sandbox.teams.TeamFile.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of a team's file: which lead to which place, and how telling each is. A word is the
 * more telling the fewer places of the team have it: ln((n + 1) / places that have it) / ln(n + 1)
 * for n places, which is 1 for a word of one place and near 0 for a word of all.
 */
final class TeamWords {
  /** What a place counts as where a word is only in its description. */
  private static final double MENTIONED = 0.25;

  private final int places;
  private final List<Keyword> keywords = new ArrayList<>();
  private final Map<String, List<Keyword>> byFirst = new HashMap<>();
  private final List<Map<String, String>> mentions = new ArrayList<>();
  private final Map<String, Set<Integer>> leads = new HashMap<>();
  private final Map<String, Set<Integer>> mentioned = new HashMap<>();
  private final Map<Character, Map<String, Known>> spellings = new TreeMap<>();

  private TeamWords(TeamFile team) {
    places = team.places().size();
    for (int i = 0; i < places; i++) {
      add(i, team.places().get(i));
    }
  }

  static TeamWords of(TeamFile team) {
    return new TeamWords(team);
  }

  /** A word of the file, with the letters of both its forms. */
  private record Known(Word word, int form, int stem) {
    Known(Word word) {
      this(word, Spelling.letters(word.form()), Spelling.letters(word.stem()));
    }
  }

  /**
   * A keyword of a place.
   *
   * @param words in order, at least one
   */
  record Keyword(int place, String text, List<Word> words) {
    List<String> stems() {
      return words.stream().map(Word::stem).toList();
    }
  }

  private void add(int place, Place of) {
    Map<String, String> loose = new HashMap<>();
    for (String text : of.keywords()) {
      List<Word> words = Word.in(text);
      if (!words.isEmpty()) {
        words.forEach(this::spell);
        addKeyword(place, text, words, loose);
      }
    }
    for (Word word : Word.in(of.description())) {
      if (word.tells()) {
        spell(word);
        loose.putIfAbsent(word.stem(), word.form());
      }
    }
    loose
        .keySet()
        .forEach(stem -> mentioned.computeIfAbsent(stem, _ -> new HashSet<>()).add(place));
    mentions.add(loose);
  }

  private void addKeyword(int place, String text, List<Word> words, Map<String, String> loose) {
    index(new Keyword(place, text, words));
    if (words.size() == 2) {
      // "gift card" is also found where somebody wrote "giftcard".
      index(new Keyword(place, text, List.of(words.get(0).join(words.get(1)))));
    }
    if (words.size() > 1) {
      words.stream()
          .filter(Word::tells)
          .forEach(word -> loose.putIfAbsent(word.stem(), word.form()));
    }
  }

  private void index(Keyword keyword) {
    keywords.add(keyword);
    byFirst.computeIfAbsent(keyword.words().getFirst().stem(), _ -> new ArrayList<>()).add(keyword);
    leads
        .computeIfAbsent(String.join(" ", keyword.stems()), _ -> new HashSet<>())
        .add(keyword.place());
  }

  private void spell(Word word) {
    spellings
        .computeIfAbsent(word.form().charAt(0), _ -> new TreeMap<>())
        .put(word.form(), new Known(word));
  }

  /** Keywords that begin with this stem. */
  List<Keyword> beginningWith(String stem) {
    return byFirst.getOrDefault(stem, List.of());
  }

  /**
   * Stems of words that speak for a place a little: of its description and parts of its phrases.
   */
  Map<String, String> mentions(int place) {
    return mentions.get(place);
  }

  /** How telling a keyword is. */
  double weight(Keyword keyword) {
    String stems = String.join(" ", keyword.stems());
    Set<Integer> leading = leads.getOrDefault(stems, Set.of());
    long beside =
        mentioned.getOrDefault(stems, Set.of()).stream().filter(p -> !leading.contains(p)).count();
    return rarity(leading.size() + MENTIONED * beside);
  }

  /** How telling a word is that is no keyword. */
  double weight(String stem) {
    Set<Integer> all = new HashSet<>(mentioned.getOrDefault(stem, Set.of()));
    all.addAll(leads.getOrDefault(stem, Set.of()));
    return rarity(all.size());
  }

  private double rarity(double having) {
    double most = Math.log(places + 1.0);
    return having <= 0 ? 0 : Math.clamp(Math.log((places + 1.0) / having) / most, 0, 1);
  }

  /** Whether the team's file has this stem anywhere. */
  boolean has(String stem) {
    return byFirst.containsKey(stem) || mentioned.containsKey(stem);
  }

  /**
   * A word of the file that is spelled almost like one of a message.
   *
   * @param slips letters that differ
   */
  record Near(String stem, int slips) {}

  /**
   * The nearest word of the file with the same first letter: one slip in 5 letters or more, two in
   * 8 or more. Null when there is none.
   */
  @Nullable Near near(Word word) {
    Known given = new Known(word);
    Near best = null;
    for (Known known : spellings.getOrDefault(word.form().charAt(0), Map.of()).values()) {
      int longer = Math.max(word.form().length(), known.word().form().length());
      int most = longer >= 8 ? 2 : longer >= 5 ? 1 : 0;
      most = best == null ? most : Math.min(most, best.slips() - 1);
      int slips = most < 1 ? Integer.MAX_VALUE : slips(given, known, most);
      if (slips <= most) {
        best = new Near(known.word().stem(), slips);
      }
    }
    return best;
  }

  /** Forms may differ by their endings, so stems are compared too; short ones say too little. */
  private static int slips(Known given, Known known, int most) {
    int slips =
        Spelling.mayBeNear(given.form(), known.form(), most)
            ? Spelling.distance(given.word().form(), known.word().form(), most)
            : Integer.MAX_VALUE;
    String stem = known.word().stem();
    boolean comparable = Math.min(given.word().stem().length(), stem.length()) >= 5;
    return comparable && Spelling.mayBeNear(given.stem(), known.stem(), most)
        ? Math.max(1, Math.min(slips, Spelling.distance(given.word().stem(), stem, most)))
        : slips;
  }
}
