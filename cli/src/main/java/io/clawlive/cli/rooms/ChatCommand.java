package io.clawlive.cli.rooms;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chat",
    description = {
      "Say something beside a session, or list what was said last.",
      "Everybody who watches sees it; at most 10 messages a minute, until the session ends."
    })
final class ChatCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "ID", description = "Session.")
  private String sessionId = "";

  @Parameters(
      index = "1..*",
      paramLabel = "MESSAGE",
      description = "1 to 4,000 characters, Markdown; several words become one message.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "List so many messages, at most 200. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int limit;

  ChatCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    String id = SessionChoice.checked(sessionId);
    if (words.isEmpty()) {
      list(id);
    } else {
      send(id);
    }
  }

  private void send(String id) {
    try (ClawLive client = server.connect()) {
      SendMessageResponse sent = client.chat().send(id, String.join(" ", words));
      output.answer(
          Json.object("message_id", sent.getMessageId(), "sequence", sent.getSequence()),
          "Said as message " + sent.getMessageId() + ".");
    }
  }

  private void list(String id) {
    try (ClawLive client = SessionChoice.connectToSee(server, id)) {
      List<ChatMessage> page =
          client
              .chat()
              .page(ListMessagesRequest.newBuilder().setSessionId(id).setLimit(limit).build())
              .getMessagesList();
      List<Map<String, Object>> messages = new ArrayList<>();
      Table table = new Table("SEQUENCE", "SENT", "USER", "MESSAGE", "REACTIONS");
      // As people read: the newest last.
      for (ChatMessage message : page.reversed()) {
        messages.add(fields(message));
        table.row(
            message.getSequence(),
            Fields.time(message.getSentAt()),
            message.getUser(),
            message.getMessage(),
            message.getReactionsList().stream()
                .map(reaction -> reaction.getEmoji() + " " + reaction.getCount())
                .collect(Collectors.joining("  ")));
      }
      output.answer(messages, table);
    }
  }

  private static Map<String, Object> fields(ChatMessage message) {
    return Json.object(
        "message_id", message.getMessageId(),
        "sequence", message.getSequence(),
        "user", message.getUser(),
        "message", message.getMessage(),
        "sent_at", Fields.time(message.getSentAt()),
        "reactions", message.getReactionsList().stream().map(ChatCommand::fields).toList());
  }

  private static Map<String, Object> fields(ReactionCount reaction) {
    return Json.object(
        "emoji", reaction.getEmoji(), "count", reaction.getCount(), "mine", reaction.getMine());
  }
}
