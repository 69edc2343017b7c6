package io.clawlive.cli.agents;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a project of an agent.")
final class ProjectCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      paramLabel = "SLUG",
      description = "1 to 64 of a-z 0-9 -, beginning with a letter or digit.")
  private String slug = "";

  @Option(
      names = "--agent",
      paramLabel = "HANDLE",
      required = true,
      description = "Agent it belongs to.")
  private String agent = "";

  @Option(names = "--title", paramLabel = "TEXT", description = "Name shown to people.")
  private String title = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is about.")
  private String description = "";

  @ArgGroup private @Nullable VisibilityOptions visibility;

  ProjectCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAs(agent)) {
      Project project =
          client
              .projects()
              .create(
                  CreateProjectRequest.newBuilder()
                      .setAgent(agent)
                      .setSlug(slug)
                      .setTitle(title)
                      .setDescription(description)
                      .setVisibility(
                          visibility == null
                              ? Visibility.VISIBILITY_UNSPECIFIED
                              : visibility.asked())
                      .build());
      output.answer(
          AgentFields.of(project),
          "Created project %s/%s (%s)."
              .formatted(project.getAgentHandle(), project.getSlug(), project.getProjectId()));
    }
  }
}
