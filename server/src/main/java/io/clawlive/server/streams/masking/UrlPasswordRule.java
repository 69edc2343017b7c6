package io.clawlive.server.streams.masking;

/** The password in {@code scheme://user:password@host}; the rest of the URL stays. */
final class UrlPasswordRule implements Rule {
  private static final ByteSet STOP = ByteSet.of("/?#\"'`<>\\");

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (found.covers(start) || !ByteSet.ALNUM.contains(text.at(start - 1))) {
      return end;
    }
    int colon = -1;
    int at = -1;
    // Ends before the next "://", so no byte is read for two URLs.
    for (int i = end; text.at(i) > ' ' && !STOP.contains(text.at(i)); i++) {
      if (text.at(i) == ':' && colon < 0) {
        colon = i;
      } else if (text.at(i) == '@') {
        at = i;
      }
    }
    if (colon < 0
        || at <= colon + 1
        || text.has(colon - 7, "[masked:")
        || isReference(text, colon + 1, at)) {
      return end;
    }
    found.add(colon + 1, at, Kind.URL_PASSWORD);
    return end;
  }

  /** A variable, a mask, or the tag of an image that is followed by its digest. */
  private static boolean isReference(Text text, int password, int at) {
    int first = text.at(password);
    boolean masked = first == '[' && text.at(at - 1) == ']';
    boolean variable = first == '$' || first == '{' || text.has(password, "%(");
    boolean stars = text.skip(password, ByteSet.of("*")) >= at;
    return masked
        || variable
        || stars
        || text.has(at + 1, "sha256:")
        || text.has(at + 1, "sha512:");
  }
}
