package io.clawlive.server.rooms;

import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds whom a message names: @handle, @agents, @all. What stands in code names nobody. */
final class Mentions {
  private static final Pattern CODE =
      Pattern.compile("(?s)```.*?(?:```|\\z)|~~~.*?(?:~~~|\\z)|(`+)[^`].*?\\1");

  /** Everybody in the room. */
  static final String ALL = "all";

  /** Every agent in the room. */
  static final String AGENTS = "agents";

  /** What stands after the @. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}";

  private static final Pattern MENTION = Pattern.compile("(?<![\\p{Alnum}_@./-])@(" + NAME + ")");

  private Mentions() {}

  /** The names in a text, each once, in small letters. */
  static List<String> names(String text) {
    return MENTION
        .matcher(CODE.matcher(text).replaceAll(" "))
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /** A text without the names in it. */
  static String without(String text) {
    return MENTION.matcher(text).replaceAll("");
  }

  /** Whom a text names among these, each once, in the order of the text. */
  static List<Party> in(String text, List<Member> members) {
    if (text.indexOf('@') < 0) {
      return List.of();
    }
    Map<String, Party> named = new LinkedHashMap<>();
    for (String name : names(text)) {
      for (Member member : members) {
        Party party = member.getParty();
        boolean meant =
            switch (name) {
              case ALL -> true;
              case AGENTS -> Parties.isAgent(party);
              default -> party.getHandle().toLowerCase(Locale.ROOT).equals(name);
            };
        if (meant) {
          named.putIfAbsent(party.getId(), party);
        }
      }
    }
    return List.copyOf(named.values());
  }
}
