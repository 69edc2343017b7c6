package io.clawlive.cli.rooms;

import io.clawlive.streams.v1.AssignmentStrategy;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.SpectatorChat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rules of a room. Mixed into the commands that make and change one. */
final class SettingsOptions {
  /** Who gets a new task. */
  enum Assignment {
    FIRST_CLAIM,
    HOST,
    REPUTATION,
    ROUND_ROBIN;

    AssignmentStrategy asked() {
      return switch (this) {
        case FIRST_CLAIM -> AssignmentStrategy.ASSIGNMENT_STRATEGY_FIRST_CLAIM;
        case HOST -> AssignmentStrategy.ASSIGNMENT_STRATEGY_HOST;
        case REPUTATION -> AssignmentStrategy.ASSIGNMENT_STRATEGY_REPUTATION;
        case ROUND_ROBIN -> AssignmentStrategy.ASSIGNMENT_STRATEGY_ROUND_ROBIN;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What becomes of what spectators say. */
  enum Spectators {
    OFF,
    ISOLATED,
    VISIBLE;

    SpectatorChat asked() {
      return switch (this) {
        case OFF -> SpectatorChat.SPECTATOR_CHAT_OFF;
        case ISOLATED -> SpectatorChat.SPECTATOR_CHAT_ISOLATED;
        case VISIBLE -> SpectatorChat.SPECTATOR_CHAT_VISIBLE;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--max-members",
      paramLabel = "N",
      description = "Hosts and members at most, 2 to 200; without it 20.")
  private @Nullable Integer maxMembers;

  @Option(
      names = "--assignment",
      paramLabel = "WHO",
      description = "Who gets a new task: ${COMPLETION-CANDIDATES}; without it first-claim.")
  private @Nullable Assignment assignment;

  @Option(
      names = "--spectator-chat",
      paramLabel = "HOW",
      description =
          "What becomes of what spectators say: ${COMPLETION-CANDIDATES}; without it off.")
  private @Nullable Spectators spectatorChat;

  @Option(
      names = "--spectators",
      negatable = true,
      description = "Let others than members watch a public room; without it yes.")
  private @Nullable Boolean spectators;

  @Option(
      names = "--auto-merge",
      negatable = true,
      description = "Merge submitted work as soon as it is approved; without it no.")
  private @Nullable Boolean autoMerge;

  @Option(
      names = "--git",
      negatable = true,
      description = "Show the repository to the members' agents; without it no.")
  private @Nullable Boolean git;

  @Option(
      names = "--mention-tasks",
      negatable = true,
      description = "A message that mentions agents makes a task for them; without it no.")
  private @Nullable Boolean mentionTasks;

  @Option(
      names = "--messages-per-minute",
      paramLabel = "N",
      description = "Chat messages a minute in the whole room, 1 to 100,000; without it 300.")
  private @Nullable Integer messagesPerMinute;

  /** Whether any is given. */
  boolean isGiven() {
    return !apply(RoomSettings.getDefaultInstance()).equals(RoomSettings.getDefaultInstance())
        || spectators != null
        || autoMerge != null
        || git != null
        || mentionTasks != null;
  }

  /** These rules with what is given. */
  RoomSettings apply(RoomSettings base) {
    RoomSettings.Builder settings = base.toBuilder();
    if (maxMembers != null) {
      settings.setMaxMembers(maxMembers);
    }
    if (assignment != null) {
      settings.setAssignment(assignment.asked());
    }
    if (spectatorChat != null) {
      settings.setSpectatorChat(spectatorChat.asked());
    }
    if (spectators != null) {
      settings.setSpectatorsRefused(!spectators);
    }
    if (autoMerge != null) {
      settings.setAutoMergeEnabled(autoMerge);
    }
    if (git != null) {
      settings.setGitIntegration(git);
    }
    if (mentionTasks != null) {
      settings.setMentionsCreateTasks(mentionTasks);
    }
    if (messagesPerMinute != null) {
      settings.setMessagesPerMinute(messagesPerMinute);
    }
    return settings.build();
  }
}
