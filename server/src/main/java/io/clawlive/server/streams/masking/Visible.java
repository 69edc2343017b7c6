package io.clawlive.server.streams.masking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as a terminal shows it: without escape sequences and characters of no width, which
 * otherwise cut a secret into pieces. It knows where each byte stood.
 */
final class Visible {
  private static final int ESC = 0x1b;
  private static final int BEL = 0x07;

  private final Text original;
  private final byte[] kept;
  private int size;
  private boolean hidesText;

  /** Offsets in {@code kept} where something was left out, and how much in all up to there. */
  private int[] cuts = new int[16];

  private int[] leftOut = new int[16];
  private int cutCount;

  private Visible(Text original) {
    this.original = original;
    this.kept = new byte[original.to() - original.from()];
  }

  /** Null when the text holds nothing that a terminal does not show. */
  static @Nullable Visible of(Text text) {
    for (int i = text.from(); i < text.to(); i++) {
      int b = text.bytes()[i];
      if ((b == ESC || b < -1) && invisible(text, i) > 0) {
        Visible visible = new Visible(text);
        visible.copy();
        return visible;
      }
    }
    return null;
  }

  Text text() {
    return new Text(kept, 0, size);
  }

  /** Whether what was left out holds text of its own, as the link in a hyperlink sequence. */
  boolean hidesText() {
    return hidesText;
  }

  /** Where a byte of {@link #text()} stands in the original's array. */
  int original(int offset) {
    int at = Arrays.binarySearch(cuts, 0, cutCount, offset);
    int before = at >= 0 ? at : -at - 2;
    return original.from() + offset + (before < 0 ? 0 : leftOut[before]);
  }

  private void copy() {
    byte[] bytes = original.bytes();
    int total = 0;
    for (int i = original.from(); i < original.to(); ) {
      int b = bytes[i];
      int length = b == ESC || b < -1 ? invisible(original, i) : 0;
      if (length == 0) {
        kept[size++] = bytes[i++];
        continue;
      }
      hidesText |= b == ESC && length > 2 && opensString(original.at(i + 1));
      total += length;
      i += length;
      addCut(total);
    }
  }

  private void addCut(int total) {
    if (cutCount > 0 && cuts[cutCount - 1] == size) {
      leftOut[cutCount - 1] = total;
      return;
    }
    if (cutCount == cuts.length) {
      cuts = Arrays.copyOf(cuts, cutCount * 2);
      leftOut = Arrays.copyOf(leftOut, cutCount * 2);
    }
    cuts[cutCount] = size;
    leftOut[cutCount++] = total;
  }

  /** How many bytes from here on a terminal does not show. */
  private static int invisible(Text text, int i) {
    int second = text.at(i + 1);
    int third = text.at(i + 2);
    return switch (text.at(i)) {
      case ESC -> escapeSequence(text, i);
      // Soft hyphen, and the one-character form of ESC [.
      case 0xc2 -> second == 0xad ? 2 : second == 0x9b ? controlSequence(text, i + 2) - i : 0;
      // Zero-width space, joiners and direction marks; word joiner and its kin.
      case 0xe2 ->
          (second == 0x80 && third >= 0x8b && third <= 0x8f)
                  || (second == 0x81 && third >= 0xa0 && third <= 0xa4)
              ? 3
              : 0;
      // Byte order mark.
      case 0xef -> second == 0xbb && third == 0xbf ? 3 : 0;
      default -> 0;
    };
  }

  private static int escapeSequence(Text text, int i) {
    int second = text.at(i + 1);
    if (second == '[') {
      return controlSequence(text, i + 2) - i;
    }
    if (opensString(second)) {
      return controlString(text, i + 2) - i;
    }
    int end = text.skip(i + 1, INTERMEDIATE);
    return (text.at(end) >= 0x30 && text.at(end) <= 0x7e ? end + 1 : end) - i;
  }

  private static int controlSequence(Text text, int i) {
    int end = text.skip(text.skip(i, PARAMETER), INTERMEDIATE);
    return text.at(end) >= 0x40 && text.at(end) <= 0x7e ? end + 1 : end;
  }

  /** A string that nothing closes is no string: only its opening is left out. */
  private static int controlString(Text text, int i) {
    int end = i;
    while (text.at(end) >= 0 && text.at(end) != ESC && text.at(end) != BEL) {
      end++;
    }
    if (text.at(end) == BEL) {
      return end + 1;
    }
    return text.has(end + 1, "\\") ? end + 2 : i;
  }

  /** OSC, DCS, SOS, PM and APC carry a string. */
  private static boolean opensString(int b) {
    return b == ']' || b == 'P' || b == 'X' || b == '^' || b == '_';
  }

  private static final ByteSet INTERMEDIATE = ByteSet.range(0x20, 0x2f);
  private static final ByteSet PARAMETER = ByteSet.range(0x30, 0x3f);
}
