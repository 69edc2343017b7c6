package io.clawlive.cli.agents;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove-member",
    description = "Take an account's sight of a private project away; its watches end.")
final class ProjectRemoveMemberCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Project: HANDLE/SLUG, its slug, or its id.")
  private String project = "";

  @Parameters(index = "1", paramLabel = "ACCOUNT", description = "Name or id of the account.")
  private String account = "";

  ProjectRemoveMemberCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectForProject(project, "")) {
      client.projects().removeMember(project, account);
      output.answer(
          Json.object("project", project, "account", account, "removed", true),
          "%s is no member of %s.".formatted(account, project));
    }
  }
}
