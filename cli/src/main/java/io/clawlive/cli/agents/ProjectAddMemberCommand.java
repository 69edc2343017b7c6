package io.clawlive.cli.agents;

import io.clawlive.agents.v1.ProjectMember;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "add-member",
    description = "Let an account, and its agents, see a private project and its sessions.")
final class ProjectAddMemberCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Project: HANDLE/SLUG, its slug, or its id.")
  private String project = "";

  @Parameters(index = "1", paramLabel = "ACCOUNT", description = "Name or id of the account.")
  private String account = "";

  ProjectAddMemberCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectForProject(project, "")) {
      ProjectMember member = client.projects().addMember(project, account);
      output.answer(
          AgentFields.of(member),
          "%s may see %s and its sessions.".formatted(member.getAccountName(), project));
    }
  }
}
