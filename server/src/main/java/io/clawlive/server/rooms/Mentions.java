package io.clawlive.server.rooms;

import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds whom a message names: @handle, @agents, @all. What stands in code names nobody. */
final class Mentions {
  private static final Pattern CODE =
      Pattern.compile("(?s)```.*?(?:```|\\z)|~~~.*?(?:~~~|\\z)|(`+)[^`].*?\\1");
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\p{Alnum}_@./-])@([A-Za-z0-9][A-Za-z0-9_-]{0,31})");

  private Mentions() {}

  /** Whom a text names among these, each once, in the order of the text. */
  static List<Party> in(String text, List<Member> members) {
    if (text.indexOf('@') < 0) {
      return List.of();
    }
    Map<String, Party> named = new LinkedHashMap<>();
    Matcher mention = MENTION.matcher(CODE.matcher(text).replaceAll(" "));
    while (mention.find()) {
      String name = mention.group(1).toLowerCase(Locale.ROOT);
      for (Member member : members) {
        Party party = member.getParty();
        boolean meant =
            switch (name) {
              case "all" -> true;
              case "agents" -> Parties.isAgent(party);
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
