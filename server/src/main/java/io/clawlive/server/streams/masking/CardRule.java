package io.clawlive.server.streams.masking;

/**
 * A payment card number: digits in one piece or in the groups cards are printed in, with a known
 * issuer, the length that issuer uses and a right check digit. Numbers that hang on something else
 * (a letter, a dot, a path) are ids, and long rows of groups are tables.
 */
final class CardRule implements Rule {
  private static final ByteSet SEPARATOR = ByteSet.of(" -");
  private static final ByteSet HANGS_LEFT = ByteSet.of("._/#%+@-");
  private static final ByteSet HANGS_RIGHT = ByteSet.of("A-Za-z0-9_/#%+@");

  /** A keyword's digits and blanks, and what can stand before them in the same run. */
  private static final int LONGEST_WAY_BACK = 64;

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int group = runStart(text, end - 1);
    while (true) {
      int groupEnd = text.skip(group, ByteSet.DIGIT);
      int next = mask(text, group, groupEnd, found);
      if (!SEPARATOR.contains(text.at(next)) || !ByteSet.DIGIT.contains(text.at(next + 1))) {
        return Math.max(next, end);
      }
      group = next + 1;
    }
  }

  private static int runStart(Text text, int i) {
    int lowest = i - LONGEST_WAY_BACK;
    while (i > lowest
        && (ByteSet.DIGIT.contains(text.at(i - 1))
            || (SEPARATOR.contains(text.at(i - 1)) && ByteSet.DIGIT.contains(text.at(i - 2))))) {
      i--;
    }
    return i;
  }

  /** Masks the card that begins with this group, if one does; returns the end of what was used. */
  private static int mask(Text text, int group, int groupEnd, Spans found) {
    int length = groupEnd - group;
    if (length >= 13) {
      addIfCard(text, group, groupEnd, found);
      return groupEnd;
    }
    if (length != 4) {
      return groupEnd;
    }
    int amexEnd = groups(text, group, 4, 6, 5);
    int cardEnd = amexEnd < 0 ? groups(text, group, 4, 6, 4) : amexEnd;
    if (cardEnd > 0 && addIfCard(text, group, cardEnd, found)) {
      return cardEnd;
    }
    int fours = 1;
    int end = groupEnd;
    for (int next = groups(text, end - 4, 4, 4); next > 0; next = groups(text, end - 4, 4, 4)) {
      if (text.at(end) != text.at(groupEnd)) {
        break;
      }
      end = next;
      fours++;
    }
    if (!standsInHexTable(text, group, end)) {
      maskFours(text, group, fours, found);
    }
    return end;
  }

  /** Whether a hexadecimal number with letters and digits stands before or after the groups. */
  private static boolean standsInHexTable(Text text, int from, int to) {
    int left = text.skipBack(from - 1, ByteSet.HEX, 6);
    int right = text.skip(to + 1, ByteSet.HEX, 6);
    return isHexNumber(text, left, from - 1) || isHexNumber(text, to + 1, right);
  }

  private static boolean isHexNumber(Text text, int from, int to) {
    boolean letters = text.skip(from, ByteSet.DIGIT, 5) < to;
    boolean digits = text.skip(from, ByteSet.LETTER, 5) < to;
    return letters && digits && to - from >= 4 && to - from <= 5;
  }

  private static void maskFours(Text text, int group, int fours, Spans found) {
    // Four fours and three digits are a card of 19.
    int longer = fours == 4 ? groups(text, group, 4, 4, 4, 4, 3) : -1;
    if (longer > 0 && addIfCard(text, group, longer, found)) {
      return;
    }
    // A year before or after a card looks like a fifth group; other rows of groups are tables.
    if (fours == 4 || (fours == 5 && isYear(text, group + 20))) {
      addIfCard(text, group, group + 19, found);
    } else if (fours == 5 && isYear(text, group)) {
      addIfCard(text, group + 5, group + 24, found);
    }
  }

  private static boolean isYear(Text text, int group) {
    return text.has(group, "19") || text.has(group, "20");
  }

  /** Where groups of these sizes with one separator throughout end, or -1. */
  private static int groups(Text text, int i, int... sizes) {
    int separator = text.at(i + sizes[0]);
    for (int g = 0; g < sizes.length; g++) {
      if (g > 0 && (!SEPARATOR.contains(separator) || text.at(i++) != separator)) {
        return -1;
      }
      int end = text.skip(i, ByteSet.DIGIT, sizes[g] + 1);
      if (end - i != sizes[g]) {
        return -1;
      }
      i = end;
    }
    return i;
  }

  private static boolean addIfCard(Text text, int from, int to, Spans found) {
    boolean card = isCard(text, from, to) && standsFree(text, from, to);
    if (card) {
      found.add(from, to, Kind.CARD);
    }
    return card;
  }

  private static boolean standsFree(Text text, int from, int to) {
    boolean hangsLeft = HANGS_LEFT.contains(text.at(from - 1)) || !text.startsToken(from);
    boolean joined = text.at(to) == '.' || text.at(to) == '-';
    boolean goesOn = joined && ByteSet.ALNUM.contains(text.at(to + 1));
    return !hangsLeft && !goesOn && !HANGS_RIGHT.contains(text.at(to));
  }

  private static boolean isCard(Text text, int from, int to) {
    StringBuilder digits = new StringBuilder(19);
    for (int i = from; i < to && digits.length() < 20; i++) {
      if (ByteSet.DIGIT.contains(text.at(i))) {
        digits.append((char) text.at(i));
      }
    }
    return digits.length() <= 19
        && isIssued(Integer.parseInt(digits, 0, 4, 10), digits.length())
        && hasCheckDigit(digits);
  }

  /** Whether an issuer with this beginning uses numbers of this length. */
  private static boolean isIssued(int first4, int length) {
    int first2 = first4 / 100;
    int first3 = first4 / 10;
    if (first4 / 1000 == 4) {
      return length == 13 || length == 16 || length == 19;
    }
    if (first2 == 34 || first2 == 37) {
      return length == 15;
    }
    if (first2 == 36 || first2 == 38 || (first3 >= 300 && first3 <= 305)) {
      return length == 14;
    }
    boolean mastercard = (first2 >= 51 && first2 <= 55) || (first4 >= 2221 && first4 <= 2720);
    boolean discover = first4 == 6011 || first2 == 65 || (first3 >= 644 && first3 <= 649);
    boolean jcb = first4 >= 3528 && first4 <= 3589;
    boolean unionPay = first2 == 62;
    return (length == 16 && (mastercard || discover || jcb || unionPay))
        || (length == 19 && (discover || unionPay));
  }

  private static boolean hasCheckDigit(CharSequence digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      int weighed = twice ? digit * 2 : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
      twice = !twice;
    }
    return sum % 10 == 0;
  }
}
