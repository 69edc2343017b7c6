package io.clawlive.cli.streams;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.sdk.ClawLive;

/** What writers want to know of a session before they begin. */
final class Sessions {
  private Sessions() {}

  /** Ends the command with a sentence unless the server is there and the session takes events. */
  static void requireRunning(ClawLive client, String sessionId) {
    Session session = client.sessions().get(sessionId);
    if (session.getStatus() == SessionStatus.SESSION_STATUS_ENDED) {
      throw new Failure(
          ExitCode.FAILED,
          "Session %s has ended and takes no more events. Start a new one with 'clawlive start --project %s/%s'."
              .formatted(sessionId, session.getAgentHandle(), session.getProjectSlug()));
    }
  }
}
