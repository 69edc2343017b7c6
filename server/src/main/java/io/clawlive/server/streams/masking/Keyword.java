package io.clawlive.server.streams.masking;

import java.util.ArrayList;
import java.util.List;

/** What the automaton looks for: a row of steps that each take one byte. */
record Keyword(List<Step> steps) {

  /** One byte of the keyword; an optional one may be missing. */
  record Step(ByteSet bytes, boolean optional) {}

  static Keyword exact(String text) {
    return new Keyword(List.of()).thenExact(text);
  }

  static Keyword anyCase(String text) {
    Keyword keyword = new Keyword(List.of());
    for (int i = 0; i < text.length(); i++) {
      keyword = keyword.then(ByteSet.anyCase(text.charAt(i)));
    }
    return keyword;
  }

  /** Thirteen digits with at most one blank or dash between two: the shortest card number. */
  static Keyword cardDigits() {
    List<Step> steps = new ArrayList<>();
    for (int digit = 0; digit < 13; digit++) {
      if (digit > 0) {
        steps.add(new Step(ByteSet.of(" -"), true));
      }
      steps.add(new Step(ByteSet.DIGIT, false));
    }
    return new Keyword(List.copyOf(steps));
  }

  Keyword then(ByteSet bytes) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(new Step(bytes, false));
    return new Keyword(List.copyOf(longer));
  }

  Keyword then(String characters) {
    return then(ByteSet.of(characters));
  }

  Keyword thenExact(String text) {
    Keyword keyword = this;
    for (int i = 0; i < text.length(); i++) {
      keyword = keyword.then(ByteSet.range(text.charAt(i), text.charAt(i)));
    }
    return keyword;
  }

  int length() {
    return steps.size();
  }
}
