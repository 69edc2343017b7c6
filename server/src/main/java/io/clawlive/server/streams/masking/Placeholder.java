package io.clawlive.server.streams.masking;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells values that stand for a secret (variables, masks, code, paths) from the secret itself. */
final class Placeholder {
  /** Anything longer is judged by its first bytes. */
  private static final int LONGEST = 40;

  private static final Set<String> WORDS =
      Set.of(
          "changeme",
          "disabled",
          "incorrect",
          "optional",
          "password",
          "redacted",
          "required",
          "undefined");

  private static final List<String> BEGINNINGS =
      List.of("your_", "your-", "my_", "my-", "example", "arn:aws:", "op://", "vault:", "env:");

  /** Words that, joined to others, make the name of a variable: {@code user_password}. */
  private static final List<String> NAMES = List.of("password", "passwd", "token", "secret", "key");

  private static final ByteSet OPENING = ByteSet.of("<{[(");
  private static final ByteSet VARIABLE = ByteSet.of("A-Za-z_{(");
  private static final ByteSet JOINT = ByteSet.of("_.-");
  private static final ByteSet IDENTIFIER = ByteSet.of("A-Za-z0-9_.$");

  private final String value;
  private boolean filler = true;
  private boolean oneCharacter = true;
  private boolean identifier = true;
  private boolean joined;
  private boolean capitals;
  private int firstDigit = Integer.MAX_VALUE;

  private Placeholder(String value) {
    this.value = value;
    for (int i = 0; i < value.length(); i++) {
      int c = value.charAt(i);
      filler &= !ByteSet.ALNUM.contains(c);
      oneCharacter &= c == value.charAt(0);
      identifier &= IDENTIFIER.contains(c);
      joined |= JOINT.contains(c);
      capitals |= ByteSet.UPPER.contains(c);
      firstDigit = ByteSet.DIGIT.contains(c) ? Math.min(firstDigit, i) : firstDigit;
    }
  }

  /** Whether the value, without its quotes if it has some, is no secret. */
  static boolean matches(Text text, int from, int to, boolean quoted) {
    int first = text.at(from);
    if (OPENING.contains(first)
        || (first == '$' && VARIABLE.contains(text.at(from + 1)))
        || (first == '%' && text.at(to - 1) == '%')) {
      return true;
    }
    String beginning = beginning(text, from, to);
    Placeholder value = new Placeholder(beginning);
    return value.filler
        || value.oneCharacter
        || beginning.contains("://")
        || (!quoted && value.isCode())
        || value.isWord();
  }

  static boolean isPath(Text text, int from, int to) {
    String value = beginning(text, from, to);
    int slash = value.indexOf('/');
    return (slash == 0 || value.startsWith("./") || value.startsWith("~/"))
        && value.indexOf('/', slash + 1) > 0
        && value.indexOf('+') < 0
        && value.indexOf('=') < 0;
  }

  private static String beginning(Text text, int from, int to) {
    int length = Math.min(to - from, LONGEST);
    return new String(text.bytes(), from, length, StandardCharsets.ISO_8859_1);
  }

  private boolean isWord() {
    String lower = capitals ? value.toLowerCase(Locale.ROOT) : value;
    if (WORDS.contains(lower)) {
      return true;
    }
    for (String beginning : BEGINNINGS) {
      if (lower.startsWith(beginning)) {
        return true;
      }
    }
    boolean hump = capitals && ByteSet.LOWER.contains(value.charAt(0));
    return (joined || hump) && firstDigit == Integer.MAX_VALUE && saysName(lower);
  }

  private static boolean saysName(String lower) {
    for (String name : NAMES) {
      if (lower.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** A call, an element of an array, or names joined by dots as in {@code config.password}. */
  private boolean isCode() {
    int dot = value.indexOf('.');
    return value.indexOf('(') > 0
        || value.contains("->")
        || isElement()
        || (dot > 0
            && dot < value.length() - 1
            && identifier
            && (firstDigit > dot || saysName(value.toLowerCase(Locale.ROOT))));
  }

  private boolean isElement() {
    int i = 0;
    while (i < value.length() && IDENTIFIER.contains(value.charAt(i))) {
      i++;
    }
    return i > 0 && i < value.length() && value.charAt(i) == '[';
  }
}
