package io.clawlive.cli.home;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The session that {@code start} began and that later commands mean when they name none, one for
 * each profile and server, in state.toml.
 */
public final class CurrentSessions {
  private static final String FILE = "state.toml";

  private final Home home;

  /**
   * A session that is current.
   *
   * @param sessionId its id
   * @param agentHandle handle of the agent at work, whose key writes to it
   */
  public record Current(String sessionId, String agentHandle) {}

  CurrentSessions(Home home) {
    this.home = home;
  }

  /** The current session, when there is one. */
  public Optional<Current> get(String profile, String server) {
    Map<String, String> table = home.read(FILE).table("session", profile, server);
    return Optional.ofNullable(table.get("session_id"))
        .map(id -> new Current(id, table.getOrDefault("agent_handle", "")));
  }

  /** Makes a session the current one. */
  public void set(String profile, String server, Current current) {
    List<String> table = List.of("session", profile, server);
    home.change(
        FILE,
        toml -> {
          toml.put(table, "session_id", current.sessionId());
          toml.put(table, "agent_handle", current.agentHandle());
        });
  }

  /** Forgets the current session if it is this one. */
  public void clear(String profile, String server, String sessionId) {
    if (get(profile, server).filter(it -> it.sessionId().equals(sessionId)).isPresent()) {
      home.change(FILE, toml -> toml.remove(List.of("session", profile, server)));
    }
  }
}
