package io.clawlive.server.sandbox.teams;

import java.util.List;
import java.util.Set;

/**
 * Whether a message says of a thing that it is not about it: "not about the invoice", "instead of a
 * refund", "nothing to do with my account". A bare "not" before a word is no such thing: what is
 * not delivered is still a delivery's matter.
 */
final class Negation {
  private static final Set<String> FILLERS = Set.of("a", "an", "the", "any", "about", "my", "for");
  private static final List<List<String>> LEADS =
      List.of(
          List.of("nothing", "to", "do", "with"),
          List.of("instead", "of"),
          List.of("rather", "than"),
          List.of("unrelated", "to"),
          List.of("not", "about"),
          List.of("not", "a"),
          List.of("not", "an"),
          List.of("isnt", "about"),
          List.of("isnt", "a"),
          List.of("isnt", "an"));
  private static final int MOST_FILLERS = 2;

  private Negation() {}

  /** Whether what begins at a position is what the words before it rule out. */
  static boolean before(List<String> words, int position) {
    int end = position;
    for (int skipped = 0; skipped <= MOST_FILLERS; skipped++) {
      List<String> before = words.subList(0, end);
      if (LEADS.stream().anyMatch(lead -> endsWith(before, lead))) {
        return true;
      }
      if (before.isEmpty() || !FILLERS.contains(before.getLast())) {
        return false;
      }
      end--;
    }
    return false;
  }

  private static boolean endsWith(List<String> words, List<String> lead) {
    int from = words.size() - lead.size();
    return from >= 0 && words.subList(from, words.size()).equals(lead);
  }
}
