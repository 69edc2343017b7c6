package io.clawlive.server.streams.masking;

/**
 * A value that its name calls secret: {@code password=…}, {@code "api_key": "…"}, {@code --token
 * …}. Only the value is masked.
 *
 * @param nameLength length of the name; the keyword has one byte more
 * @param numbers whether a value of digits alone is secret too; a count of tokens is not
 */
record AssignmentRule(Kind kind, int nameLength, boolean numbers) implements Rule {
  private static final int SHORTEST_VALUE = 8;
  private static final int JUDGED = 41;
  private static final ByteSet QUOTE = ByteSet.of("\"'`");
  private static final ByteSet NAME_END = ByteSet.of("\"'`\\]");
  private static final ByteSet FLAG = ByteSet.of("A-Za-z_-");
  private static final ByteSet BARE_STOP = ByteSet.of("\"'`,;&)]}<>|");

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (found.covers(start)) {
      return end;
    }
    int nameEnd = start + nameLength;
    int sign = text.skip(text.skip(nameEnd, NAME_END, 4), ByteSet.BLANK, 8);
    int afterSign = skipSign(text, sign);
    boolean flag = afterSign == sign && sign == nameEnd + 1 && isFlag(text, start);
    if (afterSign == sign && !flag) {
      return end;
    }
    int value = text.skip(afterSign, ByteSet.BLANK, 8);
    boolean tight = !flag && text.at(sign) == '=' && value == sign + 1;
    int quote = text.skip(value, ByteSet.of("\\"), 3);
    boolean quoted = QUOTE.contains(text.at(quote));
    int valueStart = quoted ? quote + 1 : value;
    // The first bytes decide, so that a value that is not masked was not read to a far end.
    int seen = quoted ? quotedEnd(text, quote, value) : bareEnd(text, value, value + JUDGED);
    if (seen - valueStart < SHORTEST_VALUE
        || (!numbers && isNumber(text, valueStart, seen))
        || Placeholder.matches(text, valueStart, seen, quoted)
        || (kind == Kind.CREDENTIAL && Placeholder.isPath(text, valueStart, seen))
        || (!quoted && !tight && !isRandom(text, valueStart, seen))) {
      return end;
    }
    int valueEnd = quoted ? seen : bareEnd(text, seen, text.to());
    found.add(valueStart, valueEnd, kind);
    return end;
  }

  /** Behind {@code =}, {@code :}, {@code :=}, {@code ==} or {@code =>}; where it is, if none. */
  private static int skipSign(Text text, int i) {
    int first = text.at(i);
    int second = text.at(i + 1);
    if (first == '=') {
      return second == '=' || second == '>' ? i + 2 : i + 1;
    }
    if (first == ':' && second != ':') {
      return second == '=' ? i + 2 : i + 1;
    }
    return i;
  }

  private static boolean isFlag(Text text, int start) {
    return text.has(text.skipBack(start, FLAG, 24), "--");
  }

  private boolean isRandom(Text text, int from, int to) {
    return Guess.looksSecret(text, from, to, 40) || (numbers && isNumber(text, from, to));
  }

  private static boolean isNumber(Text text, int from, int to) {
    return text.skip(from, ByteSet.DIGIT, JUDGED) >= to;
  }

  /**
   * The closing quote, a line end, or the start of the value when there is a blank in it: texts
   * about secrets are quoted too.
   */
  private static int quotedEnd(Text text, int quote, int value) {
    int close = text.at(quote);
    boolean escaped = quote > value;
    int i = quote + 1;
    while (text.at(i) > ' ' && text.at(i) != close) {
      if (text.at(i) == '\\') {
        if (escaped && text.at(i + 1) == close) {
          return i;
        }
        i++;
      }
      i++;
    }
    return text.at(i) == ' ' ? quote + 1 : Math.min(i, text.to());
  }

  private static int bareEnd(Text text, int i, int to) {
    while (i < to && text.at(i) > ' ' && !BARE_STOP.contains(text.at(i))) {
      if (text.at(i) == '\\' && "nrtu\"'\\".indexOf(text.at(i + 1)) >= 0) {
        return i;
      }
      i++;
    }
    return i;
  }
}
