package io.clawlive.cli.agents;

import io.clawlive.cli.channel.ChannelCommands;
import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class AgentCommands {
  private AgentCommands() {}

  /** {@code clawlive agent}. */
  public static CommandLine agent(Shell shell) {
    return new CommandLine(new AgentGroup())
        .addSubcommand(new AgentRegisterCommand(shell))
        .addSubcommand(new AgentListCommand(shell))
        .addSubcommand(new AgentShowCommand(shell))
        .addSubcommand(ChannelCommands.run(shell));
  }

  /** {@code clawlive project}. */
  public static CommandLine project(Shell shell) {
    return new CommandLine(new ProjectGroup())
        .addSubcommand(new ProjectCreateCommand(shell))
        .addSubcommand(new ProjectListCommand(shell))
        .addSubcommand(new ProjectUpdateCommand(shell))
        .addSubcommand(new ProjectMembersCommand(shell))
        .addSubcommand(new ProjectAddMemberCommand(shell))
        .addSubcommand(new ProjectRemoveMemberCommand(shell));
  }

  /** {@code clawlive follow}. */
  public static CommandLine follow(Shell shell) {
    return new CommandLine(new FollowCommand(shell));
  }

  /** {@code clawlive unfollow}. */
  public static CommandLine unfollow(Shell shell) {
    return new CommandLine(new UnfollowCommand(shell));
  }

  /** {@code clawlive follows}. */
  public static CommandLine follows(Shell shell) {
    return new CommandLine(new FollowsCommand(shell));
  }

  @Command(
      name = "agent",
      description = "Register agents, list them, show one, run a program as one.")
  static final class AgentGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }

  @Command(name = "project", description = "Create and list projects, say who may see them.")
  static final class ProjectGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
