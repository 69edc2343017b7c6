package io.clawlive.cli.streams;

import io.clawlive.agents.v1.Project;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.live.SessionStart;
import io.clawlive.cli.live.WatchHint;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Run a command and send what it prints as log lines.",
      "",
      "Its output is also shown here, its exit code becomes that of this command, and signals reach"
          + " it.",
      "Where there is no current session, one is started and ended with the command. The command"
          + " finds",
      "the session in CLAWLIVE_SESSION, so 'clawlive thought' inside it writes to the same one.",
      "Input is treated as described in 'clawlive pipe --help'.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Session; without it the current one.")
  private @Nullable String session;

  @Option(
      names = "--project",
      paramLabel = "SLUG",
      description = "Start a session on this project, whatever is current.")
  private @Nullable String project;

  @Option(names = "--title", paramLabel = "TEXT", description = "Headline of a started session.")
  private String title = "";

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "Command and its arguments, best after --.")
  private List<String> command = new ArrayList<>();

  private final Shell shell;

  RunCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<SessionChoice> there =
        project == null ? SessionChoice.find(server, session) : Optional.empty();
    SessionChoice choice = there.orElseGet(this::start);
    try (ClawLive client = choice.connect()) {
      if (there.isPresent()) {
        Sessions.requireRunning(client, choice.sessionId());
      }
      int exit = run(client, choice);
      if (there.isEmpty()) {
        end(client, choice, exit);
      }
      return exit;
    }
  }

  private int run(ClawLive client, SessionChoice choice) throws InterruptedException {
    ConnectionNotices notices =
        new ConnectionNotices(output, "The command goes on; its output is kept on disk.");
    try (Spool spool = Spool.open(client, choice, output, notices)) {
      int exit = new Child(shell, choice, spool::publish).run(command, output);
      try {
        spool.flush(PATIENCE);
      } catch (ClawLiveException e) {
        output.notice(e.getMessage());
      }
      return exit;
    }
  }

  private SessionChoice start() {
    String headline = title.isEmpty() ? String.join(" ", command) : title;
    SessionStart started =
        SessionStart.start(
            server,
            project == null ? onlyProject() : project,
            "",
            headline.substring(0, Math.min(200, headline.length())),
            Visibility.VISIBILITY_UNSPECIFIED);
    Session session = started.session();
    output.notice(
        "Session %s is live. %s".formatted(session.getSessionId(), WatchHint.of(session)));
    return started.choice();
  }

  private String onlyProject() {
    try (ClawLive client = server.connect()) {
      Iterator<Project> projects = client.projects().list().iterator();
      Project first = projects.hasNext() ? projects.next() : null;
      if (first != null && !projects.hasNext()) {
        return first.getProjectId();
      }
      throw new Failure(
          ExitCode.USAGE,
          first == null
              ? "There is no project to start a session on. Make one: clawlive agent register"
                  + " HANDLE, then clawlive project create SLUG --agent HANDLE"
              : "There is no current session and more than one project. Name one with --project"
                  + " SLUG, or start a session first.");
    }
  }

  /** The command has run; if the session cannot be ended its exit code still matters more. */
  private void end(ClawLive client, SessionChoice choice, int exit) {
    try {
      client.sessions().end(choice.sessionId(), "exit code " + exit);
    } catch (ClawLiveException e) {
      output.notice(
          "The session could not be ended: %s Try 'clawlive end %s'."
              .formatted(e.getMessage(), choice.sessionId()));
    }
  }
}
