package io.clawlive.cli.live;

import io.clawlive.agents.v1.Project;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "sessions", description = "List sessions, newest first.")
final class SessionsCommand implements Runnable {
  /** States to choose from. */
  enum Status {
    LIVE,
    PAUSED,
    ENDED;

    SessionStatus asked() {
      return switch (this) {
        case LIVE -> SessionStatus.SESSION_STATUS_LIVE;
        case PAUSED -> SessionStatus.SESSION_STATUS_PAUSED;
        case ENDED -> SessionStatus.SESSION_STATUS_ENDED;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only of this status: ${COMPLETION-CANDIDATES}.")
  private @Nullable Status status;

  @Option(names = "--agent", paramLabel = "HANDLE", description = "Only of this agent.")
  private String agent = "";

  @Option(
      names = "--project",
      paramLabel = "SLUG",
      description = "Only of this project: its slug, HANDLE/SLUG, or its id.")
  private @Nullable String project;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int limit;

  SessionsCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> sessions = new ArrayList<>();
      Table table =
          new Table(
              "SESSION_ID",
              "PROJECT",
              "VISIBILITY",
              "STATUS",
              "LIVENESS",
              "EVENTS",
              "STARTED",
              "TITLE");
      for (Session session : client.sessions().list(request(client))) {
        if (sessions.size() >= limit) {
          break;
        }
        Map<String, Object> fields = SessionFields.of(session);
        sessions.add(fields);
        table.row(
            session.getSessionId(),
            session.getAgentHandle() + "/" + session.getProjectSlug(),
            fields.getOrDefault("visibility", ""),
            SessionFields.status(session),
            SessionFields.liveness(session),
            session.getLastSequence(),
            fields.getOrDefault("started_at", ""),
            session.getTitle());
      }
      output.answer(sessions, table);
    }
  }

  private ListSessionsRequest request(ClawLive client) {
    ListSessionsRequest.Builder request = ListSessionsRequest.newBuilder().setAgent(agent);
    if (status != null) {
      request.setStatus(status.asked());
    }
    if (project != null) {
      Project found = client.projects().get(project);
      request.setProjectId(found.getProjectId());
    }
    return request.build();
  }
}
