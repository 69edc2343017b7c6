package io.clawlive.server.streams.masking;

/**
 * Tells secrets from words where only the place suggests one. Looks at no more than the first 40
 * bytes: whatever is longer and has no blank in it is no word.
 */
final class Guess {
  private static final int LONGEST_WORD = 40;

  private Guess() {}

  /**
   * Whether this is random enough to be a secret: at least 8 bytes with letters and digits, or with
   * case that changes like in no word, or longer than words are.
   *
   * @param lettersOnly how many letters without a digit are too many for a word
   */
  static boolean looksSecret(Text text, int from, int to, int lettersOnly) {
    int length = to - from;
    if (length < 8) {
      return false;
    }
    if (length > LONGEST_WORD) {
      return true;
    }
    int digits = 0;
    int letters = 0;
    int turns = 0;
    int symbols = 0;
    int run = 0;
    int longestRun = 0;
    for (int i = from; i < to; i++) {
      int b = text.at(i);
      boolean digit = ByteSet.DIGIT.contains(b);
      boolean letter = ByteSet.LETTER.contains(b);
      digits += digit ? 1 : 0;
      letters += letter ? 1 : 0;
      symbols += STRONG.contains(b) ? 1 : 0;
      run = letter ? run + 1 : 0;
      longestRun = Math.max(longestRun, run);
      boolean lowerBefore = i > from && ByteSet.LOWER.contains(text.at(i - 1));
      turns += letter && lowerBefore && !ByteSet.LOWER.contains(b) ? 1 : 0;
    }
    return (digits > 0 && letters > 0)
        || (symbols > 0 && letters > 0)
        || longestRun >= lettersOnly
        || (turns >= 3 && length >= 16);
  }

  private static final ByteSet STRONG = ByteSet.of("!@#$%^*~");
}
