package io.clawlive.server.streams.masking;

/** An e-mail address, found by its at sign. */
final class EmailRule implements Rule {
  private static final ByteSet LOCAL = ByteSet.of("A-Za-z0-9._%+-");
  private static final ByteSet DOMAIN = ByteSet.of("A-Za-z0-9.-");
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int local = text.skipBack(start, LOCAL, LONGEST_LOCAL);
    int domainEnd = text.skip(end, DOMAIN, LONGEST_DOMAIN);
    while (domainEnd > end && !ByteSet.ALNUM.contains(text.at(domainEnd - 1))) {
      domainEnd--;
    }
    int top = text.skipBack(domainEnd, ByteSet.LETTER, LONGEST_DOMAIN);
    if (local == start || domainEnd - top < 2 || top <= end + 1 || text.at(top - 1) != '.') {
      return end;
    }
    found.add(local, domainEnd, Kind.EMAIL);
    return domainEnd;
  }
}
