package io.clawlive.cli.live;

import io.clawlive.agents.v1.Project;
import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.connection.Target;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.sdk.ClawLive;
import java.util.UUID;

/**
 * Starts sessions as the agent that owns the project.
 *
 * @param session the session as started
 * @param choice how to reach it from now on
 */
public record SessionStart(Session session, SessionChoice choice) {

  /**
   * Starts a session.
   *
   * @param project id, handle/slug, or a slug that only one agent uses
   * @param agent handle of the project's agent; empty where the project says it all
   * @param title headline, may be empty
   * @param visibility unspecified means as the project
   */
  public static SessionStart start(
      ServerOptions server, String project, String agent, String title, Visibility visibility) {
    Target target = server.target();
    boolean slug = !agent.isEmpty() && !project.contains("/") && !isId(project);
    Project found;
    try (ClawLive client = server.connectForProject(project, agent)) {
      found = client.projects().get(slug ? agent + "/" + project : project);
    }
    Credential credential = target.credentialOf(found.getAgentHandle());
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      Session session =
          client
              .sessions()
              .start(
                  StartSessionRequest.newBuilder()
                      .setProjectId(found.getProjectId())
                      .setTitle(title)
                      .setVisibility(visibility)
                      .build());
      return new SessionStart(
          session, new SessionChoice(target, session.getSessionId(), credential));
    }
  }

  private static boolean isId(String project) {
    try {
      return UUID.fromString(project).toString().equalsIgnoreCase(project);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
