package io.clawlive.server.streams.masking;

/**
 * The credential behind {@code Bearer} and, in an {@code Authorization} header, behind any scheme.
 * The words before it stay.
 */
final class AuthorizationRule implements Rule {
  private static final ByteSet BETWEEN = ByteSet.of(" \t:=\"'\\>");
  private static final ByteSet TOKEN = ByteSet.of("A-Za-z0-9._~+/=-");

  private final boolean header;

  private AuthorizationRule(boolean header) {
    this.header = header;
  }

  /** For {@code Authorization} and one byte behind it. */
  static Rule header() {
    return new AuthorizationRule(true);
  }

  /** For {@code Bearer} and one byte behind it, wherever it stands. */
  static Rule bearer() {
    return new AuthorizationRule(false);
  }

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int value = text.skip(end - 1, BETWEEN, 8);
    return header ? header(text, end, value, found) : bearer(text, start, end, value, found);
  }

  private static int bearer(Text text, int start, int end, int token, Spans found) {
    if (!text.startsToken(start)) {
      return end;
    }
    int tokenEnd = text.skip(token, TOKEN);
    return Guess.looksSecret(text, token, tokenEnd, 24)
        ? mask(token, tokenEnd, Kind.BEARER_TOKEN, found)
        : end;
  }

  private static int header(Text text, int end, int value, Spans found) {
    if (!separates(text, end - 1, value)) {
      return end;
    }
    int schemeEnd = text.skip(value, ByteSet.LETTER, 16);
    int token = text.skip(schemeEnd, ByteSet.BLANK, 8);
    // Without a scheme the whole value may be the credential.
    int from = token == schemeEnd ? value : token;
    int to = text.skip(from, TOKEN);
    if (from == token && to - from >= 4) {
      if (text.hasAnyCase(value, "bearer")) {
        return mask(from, to, Kind.BEARER_TOKEN, found);
      }
      if (text.hasAnyCase(value, "basic")) {
        return mask(from, to, Kind.BASIC_AUTH, found);
      }
    }
    return Guess.looksSecret(text, from, to, 24) ? mask(from, to, Kind.CREDENTIAL, found) : end;
  }

  private static boolean separates(Text text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.at(i) == ':' || text.at(i) == '=') {
        return true;
      }
    }
    return false;
  }

  private static int mask(int from, int to, Kind kind, Spans found) {
    found.add(from, to, kind);
    return to;
  }
}
