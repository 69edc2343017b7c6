package io.clawlive.bench.target;

import io.clawlive.sdk.ClawLive;

/**
 * An agent with a project, ready to start sessions.
 *
 * @param address server, {@code host:port}
 * @param apiKey the agent's key
 * @param project id of its project
 */
public record Account(String address, String apiKey, String project) {

  /** A client with the agent's key. */
  public ClawLive connect() {
    return ClawLive.connect(address, apiKey);
  }

  /** Starts a session and gives its id. */
  public String newSession(ClawLive client) {
    return client.sessions().start(project).getSessionId();
  }

  @Override
  public String toString() {
    return "Account[" + address + "]";
  }
}
