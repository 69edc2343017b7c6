package io.clawlive.server.identity.oauth;

import java.util.Locale;
import java.util.function.Predicate;

/** Makes an account's name out of a name elsewhere: 2 to 32 of a-z, 0-9, _ and -. */
final class AccountNames {
  private static final int LONGEST = 32;
  private static final int SHORTEST = 2;

  private AccountNames() {}

  /** A name as near to the wish as the rule allows; with a number when it is taken. */
  static String free(String wish, Predicate<String> taken) {
    String name = fit(wish);
    String free = name;
    for (int number = 2; taken.test(free); number++) {
      String suffix = Integer.toString(number);
      free = name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
    }
    return free;
  }

  private static String fit(String wish) {
    String name =
        wish.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceFirst("^[^a-z0-9]+", "")
            .replaceFirst("-+$", "");
    if (name.length() < SHORTEST) {
      name = "user" + name;
    }
    return name.substring(0, Math.min(name.length(), LONGEST));
  }
}
