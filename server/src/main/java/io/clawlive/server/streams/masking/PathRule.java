package io.clawlive.server.streams.masking;

/**
 * A URL whose path is the secret, as those of incoming webhooks. What follows the keyword is
 * masked, so a keyword that ends with a byte of the path counts that byte in.
 *
 * @param known length of the part that stays
 * @param atLeast how many bytes must follow
 */
record PathRule(Kind kind, int known, int atLeast) implements Rule {
  private static final ByteSet PATH = ByteSet.of("A-Za-z0-9_/-");

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int pathEnd = text.skip(start + known, PATH);
    if (pathEnd - start - known < atLeast) {
      return end;
    }
    found.add(start + known, pathEnd, kind);
    return pathEnd;
  }
}
