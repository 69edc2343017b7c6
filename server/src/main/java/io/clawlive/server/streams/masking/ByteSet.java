package io.clawlive.server.streams.masking;

import java.util.BitSet;

/** A set of byte values. Bytes are 0 to 255 here; -1, "outside of the text", is in no set. */
final class ByteSet {
  static final ByteSet DIGIT = of("0-9");
  static final ByteSet LOWER = of("a-z");
  static final ByteSet UPPER = of("A-Z");
  static final ByteSet LETTER = of("A-Za-z");
  static final ByteSet HEX = of("0-9a-fA-F");
  static final ByteSet ALNUM = of("A-Za-z0-9");
  static final ByteSet UPPER_DIGIT = of("A-Z0-9");
  static final ByteSet BASE64 = of("A-Za-z0-9+/=");
  static final ByteSet BASE64_URL = of("A-Za-z0-9_-");
  static final ByteSet BLANK = of(" \t");

  private final boolean[] members = new boolean[256];

  private ByteSet() {}

  /** The ASCII characters of a text; {@code a-z} in it is a range, a dash at the end itself. */
  static ByteSet of(String characters) {
    ByteSet set = new ByteSet();
    for (int i = 0; i < characters.length(); i++) {
      boolean range = i + 2 < characters.length() && characters.charAt(i + 1) == '-';
      set.addRange(characters.charAt(i), characters.charAt(range ? i + 2 : i));
      i += range ? 2 : 0;
    }
    return set;
  }

  static ByteSet range(int first, int last) {
    ByteSet set = new ByteSet();
    set.addRange(first, last);
    return set;
  }

  /** The letter in both cases; of anything else itself. */
  static ByteSet anyCase(char character) {
    ByteSet set = new ByteSet();
    set.members[Character.toLowerCase(character)] = true;
    set.members[Character.toUpperCase(character)] = true;
    return set;
  }

  private void addRange(int first, int last) {
    for (int b = first; b <= last; b++) {
      members[b] = true;
    }
  }

  boolean contains(int b) {
    return b >= 0 && members[b];
  }

  BitSet toBits() {
    BitSet bits = new BitSet(256);
    for (int b = 0; b < 256; b++) {
      bits.set(b, members[b]);
    }
    return bits;
  }
}
