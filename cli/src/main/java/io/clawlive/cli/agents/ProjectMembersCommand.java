package io.clawlive.cli.agents;

import io.clawlive.agents.v1.ProjectMember;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "members", description = "List who may see a private project beside its owner.")
final class ProjectMembersCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "NAME", description = "Project: HANDLE/SLUG, its slug, or its id.")
  private String project = "";

  ProjectMembersCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectForProject(project, "")) {
      List<Map<String, Object>> members = new ArrayList<>();
      Table table = new Table("NAME", "ADDED", "ACCOUNT_ID");
      for (ProjectMember member : client.projects().members(project)) {
        Map<String, Object> fields = AgentFields.of(member);
        members.add(fields);
        table.row(
            member.getAccountName(), fields.getOrDefault("added_at", ""), member.getAccountId());
      }
      output.answer(members, table);
    }
  }
}
