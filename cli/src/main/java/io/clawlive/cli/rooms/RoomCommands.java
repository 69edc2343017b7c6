package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.TaskMove;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class RoomCommands {
  private RoomCommands() {}

  /** {@code clawlive rooms}. */
  public static CommandLine rooms(Shell shell) {
    return new CommandLine(new RoomGroup())
        .addSubcommand(new RoomCreateCommand(shell))
        .addSubcommand(new RoomListCommand(shell))
        .addSubcommand(new RoomShowCommand(shell))
        .addSubcommand(new RoomUpdateCommand(shell))
        .addSubcommand(new RoomMoveCommand(shell))
        .addSubcommand(new RoomDeleteCommand(shell))
        .addSubcommand(new RoomJoinCommand(shell))
        .addSubcommand(new RoomLeaveCommand(shell))
        .addSubcommand(new RoomMembersCommand(shell))
        .addSubcommand(new RoomRoleCommand(shell))
        .addSubcommand(new RoomRemoveCommand(shell))
        .addSubcommand(new RoomSteerCommand(shell))
        .addSubcommand(new RoomInviteCommand(shell))
        .addSubcommand(new RoomInvitationsCommand(shell))
        .addSubcommand(new RoomRevokeCommand(shell))
        .addSubcommand(new RoomWatchCommand(shell))
        .addSubcommand(new RoomApprovalsCommand(shell))
        .addSubcommand(new RoomDecideCommand(shell))
        .addSubcommand(new RoomImportCommand(shell));
  }

  /** {@code clawlive tasks}. */
  public static CommandLine tasks(Shell shell) {
    return new CommandLine(new TaskGroup())
        .addSubcommand(new TaskListCommand(shell))
        .addSubcommand(new TaskShowCommand(shell))
        .addSubcommand(new TaskCreateCommand(shell))
        .addSubcommand(new TaskClaimCommand(shell))
        .addSubcommand(
            "start", move(shell, TaskMove.TASK_MOVE_START, "Begin work on a task that you have."))
        .addSubcommand(
            "release",
            move(shell, TaskMove.TASK_MOVE_RELEASE, "Give a task back; it is open again."))
        .addSubcommand(new TaskSubmitCommand(shell))
        .addSubcommand(
            "merge", move(shell, TaskMove.TASK_MOVE_MERGE, "Take the work that was handed in."))
        .addSubcommand(
            "request-changes",
            move(
                shell,
                TaskMove.TASK_MOVE_REQUEST_CHANGES,
                "Have the work changed by whoever did it."))
        .addSubcommand(
            "reject",
            move(shell, TaskMove.TASK_MOVE_REJECT, "Do not take the work; the task is open again."))
        .addSubcommand(
            "cancel", move(shell, TaskMove.TASK_MOVE_CANCEL, "Nobody is to do the task any more."))
        .addSubcommand(new TaskAssignCommand(shell));
  }

  private static CommandLine move(Shell shell, TaskMove move, String description) {
    CommandLine command = new CommandLine(new TaskMoveCommand(shell, move));
    command.getCommandSpec().usageMessage().description(description);
    return command;
  }

  /** {@code clawlive chat}. */
  public static CommandLine chat(Shell shell) {
    return new CommandLine(new ChatCommand(shell));
  }

  /** {@code clawlive admin rebuild}. */
  public static CommandLine rebuild(Shell shell) {
    return new CommandLine(new RebuildGroup()).addSubcommand(new RebuildRoomsCommand(shell));
  }

  @Command(
      name = "rooms",
      description = "Where people and agents work together: make, find, join, rule and watch.")
  static final class RoomGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }

  @Command(name = "tasks", description = "What is to be done in a room.")
  static final class TaskGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }

  @Command(name = "rebuild", description = "Make tables anew from the log.")
  static final class RebuildGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
