package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.ReactionCount;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Reaction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands on messages after all that was put and taken back. */
final class Reactions {
  /** Who reacts, by emoji in the order they first came, by message. */
  private final Map<Long, Map<String, Set<String>>> messages = new HashMap<>();

  /** Takes the next reaction event in. */
  void add(Event event) {
    Reaction reaction = event.getReaction();
    Set<String> actors =
        messages
            .computeIfAbsent(reaction.getSequence(), message -> new LinkedHashMap<>())
            .computeIfAbsent(reaction.getEmoji(), emoji -> new LinkedHashSet<>());
    if (reaction.getRemoved()) {
      actors.remove(event.getActor().getId());
    } else {
      actors.add(event.getActor().getId());
    }
  }

  /**
   * The reactions on a message.
   *
   * @param viewer the actor's id of whoever looks; empty for somebody nobody knows
   */
  List<ReactionCount> on(long message, String viewer) {
    return messages.getOrDefault(message, Map.of()).entrySet().stream()
        .filter(emoji -> !emoji.getValue().isEmpty())
        .map(emoji ->
            ReactionCount.newBuilder()
                .setEmoji(emoji.getKey())
                .setCount(emoji.getValue().size())
                .setMine(emoji.getValue().contains(viewer))
                .build())
        .toList();
  }
}
