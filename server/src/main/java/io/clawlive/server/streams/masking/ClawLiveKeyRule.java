package io.clawlive.server.streams.masking;

/** A key of our own: {@code cl_}, a public prefix of 8, an underscore and the secret. */
final class ClawLiveKeyRule implements Rule {
  private static final ByteSet PREFIX = ByteSet.of("a-z0-9");

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int prefixEnd = text.skip(start + 3, PREFIX, 9);
    if (prefixEnd - start != 11 || text.at(prefixEnd) != '_' || !text.startsToken(start)) {
      return end;
    }
    int keyEnd = text.skip(prefixEnd + 1, ByteSet.ALNUM);
    if (keyEnd - prefixEnd - 1 < 20) {
      return end;
    }
    found.add(start, keyEnd, Kind.CLAWLIVE_KEY);
    return keyEnd;
  }
}
