package io.clawlive.server.streams.masking;

/** A token of three base64url parts joined by dots, each with a least length. */
record DottedTokenRule(Kind kind, int first, int second, int third) implements Rule {

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (!text.startsToken(start) || ByteSet.BASE64_URL.contains(text.at(start - 1))) {
      return end;
    }
    int firstDot = part(text, start, first);
    int secondDot = firstDot < 0 ? -1 : part(text, firstDot + 1, second);
    if (secondDot < 0) {
      return end;
    }
    int tokenEnd = text.skip(secondDot + 1, ByteSet.BASE64_URL);
    if (tokenEnd - secondDot - 1 < third) {
      return end;
    }
    found.add(start, tokenEnd, kind);
    return tokenEnd;
  }

  /** Offset of the dot behind the part, or -1. */
  private static int part(Text text, int from, int atLeast) {
    int dot = text.skip(from, ByteSet.BASE64_URL);
    return dot - from >= atLeast && text.at(dot) == '.' ? dot : -1;
  }
}
