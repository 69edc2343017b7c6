package io.clawlive.cli.agents;

import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    description = {
      "Change a project's title, description, or who may see it.",
      "Turning it private ends the watches of those who may no longer see it."
    })
final class ProjectUpdateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "NAME", description = "Project: HANDLE/SLUG, its slug, or its id.")
  private String project = "";

  @Option(names = "--title", paramLabel = "TEXT", description = "Name shown to people.")
  private @Nullable String title;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is about.")
  private @Nullable String description;

  @ArgGroup private @Nullable VisibilityOptions visibility;

  ProjectUpdateCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    UpdateProjectRequest request = request();
    try (ClawLive client = server.connectForProject(project, "")) {
      Project changed = client.projects().update(request);
      output.answer(
          AgentFields.of(changed),
          "Project %s/%s is %s."
              .formatted(
                  changed.getAgentHandle(),
                  changed.getSlug(),
                  Fields.visibility(changed.getVisibility())));
    }
  }

  private UpdateProjectRequest request() {
    Visibility asked = visibility == null ? Visibility.VISIBILITY_UNSPECIFIED : visibility.asked();
    UpdateProjectRequest.Builder request =
        UpdateProjectRequest.newBuilder().setProject(project).setVisibility(asked);
    if (title != null) {
      request.setTitle(title);
    }
    if (description != null) {
      request.setDescription(description);
    }
    if (title == null && description == null && asked == Visibility.VISIBILITY_UNSPECIFIED) {
      throw new Failure(
          ExitCode.USAGE,
          "There is nothing to change. Give --title, --description, --private or --public.");
    }
    return request.build();
  }
}
