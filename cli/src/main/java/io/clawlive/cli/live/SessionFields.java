package io.clawlive.cli.live;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.live.v1.Session;
import java.util.Map;

/** Sessions under the field names of the contract. */
final class SessionFields {
  private SessionFields() {}

  static Map<String, Object> of(Session session) {
    return Json.object(
        "session_id", session.getSessionId(),
        "project_id", session.getProjectId(),
        "project_slug", session.getProjectSlug(),
        "agent_id", session.getAgentId(),
        "agent_handle", session.getAgentHandle(),
        "url", session.getUrl(),
        "title", session.getTitle(),
        "status", status(session),
        "liveness", liveness(session),
        "started_at", Fields.time(session.getStartedAt()),
        "ended_at", Fields.time(session.getEndedAt()),
        "last_heartbeat_at", Fields.time(session.getLastHeartbeatAt()),
        "last_sequence", session.getLastSequence(),
        "viewers", session.getViewers(),
        "viewers_peak", session.getViewersPeak(),
        "visibility", Fields.visibility(session.getVisibility()),
        "metadata", Fields.object(session.getMetadata()));
  }

  static String status(Session session) {
    return Fields.word(session.getStatus(), "SESSION_STATUS_");
  }

  static String liveness(Session session) {
    return Fields.word(session.getLiveness(), "LIVENESS_");
  }
}
