package io.clawlive.server.streams.masking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Masks one text. */
final class TextMasker {
  /**
   * A replacement can uncover a secret beside it (a card number that hung on a token, say), so a
   * masked text is searched again until nothing is found; the bound keeps hostile chains linear.
   */
  private static final int MOST_ROUNDS = 4;

  private final Automaton automaton;
  private final Rule[] rules;
  private final int[] lengths;

  /** The rules stand in the order of the automaton's keywords. */
  TextMasker(Automaton automaton, List<Rule> rules, List<Keyword> keywords) {
    this.automaton = automaton;
    this.rules = rules.toArray(Rule[]::new);
    this.lengths = keywords.stream().mapToInt(Keyword::length).toArray();
  }

  /** The masked text, or null when there is nothing to mask. */
  byte @Nullable [] mask(byte[] bytes, int from, int to) {
    byte[] masked = null;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Spans found = search(bytes, from, to);
      if (found.isEmpty()) {
        break;
      }
      masked = found.replaceIn(bytes, from, to);
      bytes = masked;
      from = 0;
      to = masked.length;
    }
    return masked;
  }

  private Spans search(byte[] bytes, int from, int to) {
    Spans found = new Spans();
    Text text = new Text(bytes, from, to);
    Visible visible = Visible.of(text);
    if (visible == null) {
      search(text, found);
      return found;
    }
    Spans seen = new Spans();
    search(visible.text(), seen);
    for (Spans.Span span : seen.all()) {
      found.add(visible.original(span.start()), visible.original(span.end() - 1) + 1, span.kind());
    }
    if (visible.hidesText()) {
      search(text, found);
    }
    return found;
  }

  private void search(Text text, Spans found) {
    int state = Automaton.START;
    for (int i = text.from(); i < text.to(); i++) {
      state = automaton.next(state, text.bytes()[i]);
      if (automaton.isFinding(state)) {
        int end = i + 1;
        int resume = end;
        for (int keyword : automaton.found(state)) {
          int start = end - lengths[keyword];
          resume = Math.max(resume, rules[keyword].confirm(text, start, end, found));
        }
        if (resume > end) {
          state = Automaton.START;
          i = resume - 1;
        }
      }
    }
  }
}
