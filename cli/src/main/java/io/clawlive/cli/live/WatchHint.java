package io.clawlive.cli.live;

import io.clawlive.live.v1.Session;

/** How to watch a session, for whoever has just started it. */
public final class WatchHint {
  private WatchHint() {}

  /** A sentence with the command, and the page where the server has one. */
  public static String of(Session session) {
    String command = "Watch it: clawlive watch " + session.getSessionId();
    return session.getUrl().isEmpty() ? command : command + "   or " + session.getUrl();
  }
}
