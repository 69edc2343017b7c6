package io.clawlive.server.streams.masking;

/** A text as UTF-8, from one offset (inclusive) to another (exclusive) of an array. */
final class Text {
  private static final ByteSet COLOUR = ByteSet.of("0-9;");

  private final byte[] bytes;
  private final int from;
  private final int to;

  Text(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The byte, 0 to 255, or -1 outside of the text. */
  int at(int i) {
    return i >= from && i < to ? bytes[i] & 0xff : -1;
  }

  /** First offset at or after this one whose byte is not in the set. */
  int skip(int i, ByteSet set) {
    while (set.contains(at(i))) {
      i++;
    }
    return i;
  }

  /** As {@link #skip(int, ByteSet)}, over at most this many bytes. */
  int skip(int i, ByteSet set, int most) {
    int end = i + most;
    while (i < end && set.contains(at(i))) {
      i++;
    }
    return i;
  }

  /** First offset before which, going back over at most this many bytes, none is in the set. */
  int skipBack(int i, ByteSet set, int most) {
    int end = i - most;
    while (i > end && set.contains(at(i - 1))) {
      i--;
    }
    return i;
  }

  /** Whether these lower-case ASCII characters stand here, in any case. */
  boolean hasAnyCase(int i, String lowerCase) {
    for (int c = 0; c < lowerCase.length(); c++) {
      if (lower(at(i + c)) != lowerCase.charAt(c)) {
        return false;
      }
    }
    return true;
  }

  boolean has(int i, String characters) {
    for (int c = 0; c < characters.length(); c++) {
      if (at(i + c) != characters.charAt(c)) {
        return false;
      }
    }
    return true;
  }

  static int lower(int b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /**
   * Whether a token can begin here: not right behind a letter or digit, unless that belongs to an
   * escape written out: of a line end, of a character in hexadecimal (as URLs, C and JSON have it)
   * or of a terminal's colour.
   */
  boolean startsToken(int i) {
    int before = at(i - 1);
    if (!ByteSet.ALNUM.contains(before)) {
      return true;
    }
    if (at(i - 2) == '\\') {
      return "ntrbfv0".indexOf(before) >= 0;
    }
    if (before == 'm' || before == 'K') {
      return at(skipBack(i - 1, COLOUR, 16) - 1) == '[';
    }
    int hex = i - skipBack(i, ByteSet.HEX, 4);
    return (hex >= 2 && (at(i - 3) == '%' || has(i - 4, "\\x"))) || (hex == 4 && has(i - 6, "\\u"));
  }
}
