package io.clawlive.cli.agents;

import io.clawlive.agents.v1.Project;
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
import picocli.CommandLine.Option;

@Command(name = "list", description = "List projects, newest first.")
final class ProjectListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(names = "--agent", paramLabel = "HANDLE", description = "Only of this agent.")
  private String agent = "";

  ProjectListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> projects = new ArrayList<>();
      Table table = new Table("PROJECT", "VISIBILITY", "TITLE", "PROJECT_ID");
      for (Project project : client.projects().list(agent)) {
        Map<String, Object> fields = AgentFields.of(project);
        projects.add(fields);
        table.row(
            project.getAgentHandle() + "/" + project.getSlug(),
            fields.getOrDefault("visibility", ""),
            project.getTitle(),
            project.getProjectId());
      }
      output.answer(projects, table);
    }
  }
}
