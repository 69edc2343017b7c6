package io.clawlive.cli.rooms;

import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ReactionCount;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said beside a session. */
final class SessionChat {
  private final OutputOptions output;
  private final RoomAccess access;
  private final String sessionId;

  SessionChat(OutputOptions output, RoomAccess access, String sessionId) {
    this.output = output;
    this.access = access;
    this.sessionId = sessionId;
  }

  void send(String message) {
    try (ClawLive client = access.connect()) {
      SendMessageResponse sent = client.chat().send(sessionId, message);
      output.answer(
          Json.object("message_id", sent.getMessageId(), "sequence", sent.getSequence()),
          "Said as message " + sent.getMessageId() + ".");
    }
  }

  void list(int limit) {
    try (ClawLive client = SessionChoice.connectToSee(access.server(), sessionId)) {
      List<ChatMessage> page =
          client
              .chat()
              .page(
                  ListMessagesRequest.newBuilder().setSessionId(sessionId).setLimit(limit).build())
              .getMessagesList();
      // As people read: the newest last.
      answer(page.reversed(), output);
    }
  }

  /** Messages as a table or an array, in this order. */
  static void answer(List<ChatMessage> page, OutputOptions output) {
    List<Map<String, Object>> messages = new ArrayList<>();
    Table table = new Table("SEQUENCE", "SENT", "USER", "MESSAGE", "REACTIONS");
    for (ChatMessage message : page) {
      messages.add(fields(message));
      table.row(
          message.getSequence(),
          Fields.time(message.getSentAt()),
          message.getUser(),
          message.getDeleted() ? "(deleted)" : message.getMessage(),
          message.getReactionsList().stream()
              .map(reaction -> reaction.getEmoji() + " " + reaction.getCount())
              .collect(Collectors.joining("  ")));
    }
    output.answer(messages, table);
  }

  static Map<String, Object> fields(ChatMessage message) {
    return Json.object(
        "message_id", message.getMessageId(),
        "sequence", message.getSequence(),
        "user", message.getUser(),
        "message", message.getMessage(),
        "sent_at", Fields.time(message.getSentAt()),
        "reactions", message.getReactionsList().stream().map(SessionChat::fields).toList(),
        "edited", message.getEdited() ? true : null,
        "deleted", message.getDeleted() ? true : null,
        "thread", message.getThread() == 0 ? null : message.getThread(),
        "visibility",
            message.getVisibilityValue() == 0
                ? null
                : Fields.word(message.getVisibility(), "CHAT_VISIBILITY_"));
  }

  private static Map<String, Object> fields(ReactionCount reaction) {
    return Json.object(
        "emoji", reaction.getEmoji(), "count", reaction.getCount(), "mine", reaction.getMine());
  }
}
