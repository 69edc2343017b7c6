package io.clawlive.server.rooms;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.rooms.ChatChangeRepository.ChangeRow;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.server.streams.Eyes;
import io.clawlive.server.streams.StreamState;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what was said, and what was thought of it. */
@Singleton
final class ChatHistory {
  /** Reactions that one page is made from at most; each is read again with every page. */
  private static final int MOST_REACTIONS = 10_000;

  private static final int ROWS = 1_000;

  private final EventLog log;
  private final EventReader events;
  private final ChatChangeRepository changes;

  ChatHistory(EventLog log, EventReader events, ChatChangeRepository changes) {
    this.log = log;
    this.events = events;
    this.changes = changes;
  }

  /** A message that these eyes may read. */
  Event at(UUID stream, long sequence, Eyes eyes) {
    return events.at(stream, List.of(sequence), eyes).stream()
        .filter(Event::hasChat)
        .findFirst()
        .orElseThrow(() -> ChatChanges.notFound(sequence));
  }

  /**
   * Messages as they stand by now, with what was thought of them and what became of them.
   *
   * @param page chat events, oldest first
   */
  List<ChatMessage> messages(UUID stream, List<Event> page, Eyes eyes, Caller caller) {
    if (page.isEmpty()) {
      return List.of();
    }
    long first = page.getFirst().getSequence();
    Reactions reactions = reactions(stream, first);
    Map<Long, ChangeRow> changed =
        changes.of(stream, page.stream().map(Event::getSequence).toArray(Long[]::new)).stream()
            .collect(toMap(ChangeRow::sequence, Function.identity()));
    Map<Long, Long> replies =
        events.after(stream, first, List.of(Chat.KIND), ROWS, eyes).events().stream()
            .filter(event -> event.getChat().getThread() != 0)
            .collect(groupingBy(event -> event.getChat().getThread(), counting()));
    String viewer = caller.actor().getId();
    return page.stream()
        .map(event ->
            message(event, changed.get(event.getSequence()))
                .setReplies(replies.getOrDefault(event.getSequence(), 0L).intValue())
                .addAllReactions(reactions.on(event.getSequence(), viewer))
                .build())
        .toList();
  }

  /**
   * The messages whose text by now is one that was found: an edited one is found by its last text,
   * and a deleted one no more.
   *
   * @param found chat and chat_change events
   * @return chat events, oldest first
   */
  List<Event> saidNow(UUID stream, List<Event> found, Eyes eyes) {
    Map<Long, ChatChange> last =
        changes
            .of(stream, found.stream().map(ChatHistory::messageOf).distinct().toArray(Long[]::new))
            .stream()
            .collect(
                toMap(ChangeRow::sequence, row -> Stored.read(ChatChange.parser(), row.content())));
    Set<Long> said = new TreeSet<>();
    for (Event event : found) {
      ChatChange change = last.get(messageOf(event));
      boolean asSent = event.hasChat() && change == null;
      boolean asEdited =
          event.hasChatChange()
              && change != null
              && !change.getDeleted()
              && change.getMessage().equals(event.getChatChange().getMessage());
      if (asSent || asEdited) {
        said.add(messageOf(event));
      }
    }
    return events.at(stream, said, eyes);
  }

  private static long messageOf(Event event) {
    return event.hasChat() ? event.getSequence() : event.getChatChange().getSequence();
  }

  private static ChatMessage.Builder message(Event event, @Nullable ChangeRow changed) {
    var chat = event.getChat();
    ChatMessage.Builder message =
        ChatMessage.newBuilder()
            .setMessageId(Long.toString(event.getSequence()))
            .setSequence(event.getSequence())
            .setUser(chat.getUser())
            .setMessage(chat.getMessage())
            .setSentAt(event.getRecordedAt())
            .setSender(event.getActor())
            .setVisibility(chat.getVisibility())
            .addAllRecipients(chat.getRecipientsList())
            .addAllMentions(chat.getMentionsList())
            .setThread(chat.getThread())
            .setFromSpectator(chat.getFromSpectator());
    if (changed != null) {
      ChatChange change = Stored.read(ChatChange.parser(), changed.content());
      message
          .setMessage(change.getMessage())
          .setDeleted(change.getDeleted())
          .setEdited(!change.getDeleted())
          .setChangedAt(io.clawlive.server.platform.grpc.Timestamps.of(changed.changedAt()));
    }
    return message;
  }

  /** The nearest messages below a sequence, newest first. */
  List<Event> before(UUID session, long sequence, int limit) {
    var messages = new ArrayList<Event>();
    long below = sequence;
    while (messages.size() < limit) {
      List<Event> page = events.before(session, below, List.of(Chat.KIND), limit - messages.size());
      if (page.isEmpty()) {
        break;
      }
      messages.addAll(page.reversed());
      below = page.getFirst().getSequence();
    }
    return messages;
  }

  /**
   * The first sequence that was not recorded before this time. Sequences have no gaps and their
   * times rise, so a few of them tell where the time is.
   */
  long firstSince(UUID session, Timestamp time) {
    StreamState state = log.state(session);
    long low = state.firstSequence();
    long high = state.lastSequence() + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      boolean earlier =
          events
              .at(session, middle)
              .filter(event -> Timestamps.compare(event.getRecordedAt(), time) < 0)
              .isPresent();
      if (earlier) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The reactions to messages at or above a sequence. */
  Reactions reactions(UUID session, long sequence) {
    var reactions = new Reactions();
    long above = sequence;
    int read = 0;
    while (read < MOST_REACTIONS) {
      List<Event> page = events.after(session, above, List.of("reaction"), ROWS);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(reactions::add);
      read += page.size();
      above = page.getLast().getSequence();
    }
    return reactions;
  }
}
