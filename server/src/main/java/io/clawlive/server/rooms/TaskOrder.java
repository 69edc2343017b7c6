package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskPriority;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task that a message asks for: by "/task [!low|!high] [@handle] what to do", or, where the room
 * wants it, by naming an agent.
 *
 * @param worker whom it is for; null for anybody
 */
record TaskOrder(String text, TaskPriority priority, @Nullable Party worker) {
  private static final int MOST_TITLE = 200;
  private static final Pattern COMMAND = Pattern.compile("(?s)/(\\S*)(.*)");
  private static final Pattern OPTION =
      Pattern.compile("(?s)\\s*(?:!(low|medium|high)|@(" + Mentions.NAME + "))(?=\\s|\\z)(.*)");

  static boolean isCommand(String message) {
    return message.startsWith("/");
  }

  /** What a member's message asks for; empty when it is only said. */
  static Optional<TaskOrder> in(Chat.Builder said, RoomView room, boolean byPerson) {
    boolean open = said.getVisibility() == ChatVisibility.CHAT_VISIBILITY_ROOM;
    if (isCommand(said.getMessage())) {
      if (!open) {
        throw invalid("A task is for the whole room to see; the message with it must be too.");
      }
      return Optional.of(command(said.getMessage(), room));
    }
    // What agents answer each other makes no tasks, or two of them would never come to an end.
    return open && byPerson && room.facts().getSettings().getMentionsCreateTasks()
        ? mention(said.getMessage(), room)
        : Optional.empty();
  }

  private static TaskOrder command(String message, RoomView room) {
    Matcher command = COMMAND.matcher(message);
    if (!command.matches() || !command.group(1).equals("task")) {
      throw invalid("There is no command '" + message.split("\\s", 2)[0] + "'; there is /task.");
    }
    String rest = command.group(2);
    TaskPriority priority = TaskPriority.TASK_PRIORITY_MEDIUM;
    Party worker = null;
    for (Matcher option = OPTION.matcher(rest); option.matches(); option = OPTION.matcher(rest)) {
      if (option.group(1) == null) {
        worker = worker(option.group(2), room);
      } else {
        priority =
            TaskPriority.valueOf("TASK_PRIORITY_" + option.group(1).toUpperCase(Locale.ROOT));
      }
      rest = option.group(3);
    }
    if (rest.isBlank()) {
      throw invalid("/task does not say what to do.");
    }
    return new TaskOrder(rest.strip(), priority, worker);
  }

  private static @Nullable Party worker(String name, RoomView room) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case Mentions.ALL, Mentions.AGENTS -> null;
      default -> Tasks.worker(room, name).getParty();
    };
  }

  private static Optional<TaskOrder> mention(String message, RoomView room) {
    List<String> names = Mentions.names(message);
    List<Party> agents =
        room.insiders().stream()
            .map(Member::getParty)
            .filter(Parties::isAgent)
            .filter(agent -> names.contains(agent.getHandle().toLowerCase(Locale.ROOT)))
            .toList();
    boolean any = names.contains(Mentions.AGENTS);
    String text = Mentions.without(message).strip();
    return text.isEmpty() || !any && agents.size() != 1
        ? Optional.empty()
        : Optional.of(
            new TaskOrder(text, TaskPriority.TASK_PRIORITY_MEDIUM, any ? null : agents.getFirst()));
  }

  private static Refusal invalid(String message) {
    return Refusal.of(ErrorReason.ERROR_REASON_COMMAND_INVALID, message);
  }

  /** The task that is asked for. What the first line does not say stands in its description. */
  Task.Builder task() {
    String line = text.lines().findFirst().orElse(text).strip();
    String title = WorkReviews.cut(line, MOST_TITLE);
    return Task.newBuilder()
        .setTitle(title)
        .setDescription(title.equals(text) ? "" : text)
        .setPriority(priority);
  }
}
