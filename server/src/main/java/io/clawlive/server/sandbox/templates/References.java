package io.clawlive.server.sandbox.templates;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code ${NAME}}, a value of the server's environment, and {@code $$}, one dollar. */
final class References {
  private static final Pattern TOKEN = Pattern.compile("\\$\\$|\\$\\{([^}]{0,128})}");

  /** What a reference may be called. */
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private References() {}

  /** The names in a text, in order. */
  static Set<String> in(String text) {
    Set<String> names = new TreeSet<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (token.group(1) != null) {
        names.add(token.group(1));
      }
    }
    return names;
  }

  /** The text with values. */
  static String fill(String text, UnaryOperator<String> value) {
    return TOKEN
        .matcher(text)
        .replaceAll(token ->
            Matcher.quoteReplacement(token.group(1) == null ? "$" : value.apply(token.group(1))));
  }

  /** A text that has no reference, whatever is in it. */
  static String quote(String text) {
    return text.replace("$", "$$");
  }
}
