package io.clawlive.server.streams.masking;

/**
 * A token that its beginning gives away: a prefix and then at least so many characters of a kind.
 *
 * @param prefix length of the prefix in bytes
 * @param body what the rest is made of; all of it is masked, however long
 * @param atLeast how many bytes must follow the prefix
 */
record TokenRule(Kind kind, int prefix, ByteSet body, int atLeast) implements Rule {

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (!text.startsToken(start)) {
      return end;
    }
    int tokenEnd = text.skip(start + prefix, body);
    while (text.at(tokenEnd - 1) == '.') {
      tokenEnd--;
    }
    if (tokenEnd - start - prefix < atLeast) {
      return end;
    }
    found.add(start, tokenEnd, kind);
    return tokenEnd;
  }
}
