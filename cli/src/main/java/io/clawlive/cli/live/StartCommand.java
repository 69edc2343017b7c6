package io.clawlive.cli.live;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.home.CurrentSessions.Current;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description = {
      "Start a session and make it the current one.",
      "thought, log, proof, pipe, run, pause, resume, heartbeat and end mean the current session",
      "where they name none."
    })
final class StartCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--project",
      paramLabel = "SLUG",
      required = true,
      description = "Project: its slug, HANDLE/SLUG, or its id.")
  private String project = "";

  @Option(names = "--agent", paramLabel = "HANDLE", description = "Agent the project belongs to.")
  private String agent = "";

  @Option(names = "--title", paramLabel = "TEXT", description = "Headline for viewers.")
  private String title = "";

  @Option(names = "--private", description = "Only members of the project see it.")
  private boolean hidden;

  StartCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Visibility visibility =
        hidden ? Visibility.VISIBILITY_PRIVATE : Visibility.VISIBILITY_UNSPECIFIED;
    Session session = SessionStart.start(server, project, agent, title, visibility).session();
    Target target = server.target();
    target
        .home()
        .currentSessions()
        .set(
            target.profile(),
            target.server(),
            new Current(session.getSessionId(), session.getAgentHandle()));
    output.answer(
        SessionFields.of(session),
        "Session %s of %s/%s is live. %s"
            .formatted(
                session.getSessionId(),
                session.getAgentHandle(),
                session.getProjectSlug(),
                WatchHint.of(session)));
  }
}
