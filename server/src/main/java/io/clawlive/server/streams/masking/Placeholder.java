package io.clawlive.server.streams.masking;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells values that stand for a secret (variables, masks, code, paths) from the secret itself. */
final class Placeholder {
  /** Anything longer is judged by its first bytes. */
  private static final int LONGEST = 64;

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
  private static final ByteSet IDENTIFIER = ByteSet.of("A-Za-z0-9_.$");

  private Placeholder() {}

  static boolean matches(Text text, int from, int to, boolean quoted) {
    int first = text.at(from);
    if (OPENING.contains(first)
        || (first == '$' && VARIABLE.contains(text.at(from + 1)))
        || (first == '%' && text.at(to - 1) == '%')) {
      return true;
    }
    String value = beginning(text, from, to);
    String lower = value.toLowerCase(Locale.ROOT);
    return WORDS.contains(lower)
        || BEGINNINGS.stream().anyMatch(lower::startsWith)
        || value.contains("://")
        || isFiller(value)
        || isName(value, lower)
        || (!quoted && isCode(value));
  }

  private static String beginning(Text text, int from, int to) {
    int length = Math.min(to - from, LONGEST);
    return new String(text.bytes(), from, length, StandardCharsets.ISO_8859_1);
  }

  /** Stars, dots, bullets, or one character again and again. */
  private static boolean isFiller(String value) {
    return value.chars().noneMatch(ByteSet.ALNUM::contains)
        || value.chars().allMatch(c -> c == value.charAt(0));
  }

  static boolean isPath(Text text, int from, int to) {
    String value = beginning(text, from, to);
    int slash = value.indexOf('/');
    return (slash == 0 || value.startsWith("./") || value.startsWith("~/"))
        && value.indexOf('/', slash + 1) > 0
        && value.indexOf('+') < 0
        && value.indexOf('=') < 0;
  }

  private static boolean isName(String value, String lower) {
    boolean joined = value.indexOf('_') > 0 || value.indexOf('.') > 0 || value.indexOf('-') > 0;
    boolean hump = !value.equals(lower) && ByteSet.LOWER.contains(value.charAt(0));
    return (joined || hump)
        && value.chars().noneMatch(ByteSet.DIGIT::contains)
        && NAMES.stream().anyMatch(lower::contains);
  }

  /** A call, or names joined by dots as in {@code config.password}. */
  private static boolean isCode(String value) {
    int dot = value.indexOf('.');
    boolean names = value.chars().allMatch(IDENTIFIER::contains);
    boolean digitFirst = dot > 0 && value.chars().limit(dot).anyMatch(ByteSet.DIGIT::contains);
    return value.indexOf('(') > 0
        || value.contains("->")
        || (dot > 0 && dot < value.length() - 1 && names && !digitFirst);
  }
}
