package io.clawlive.cli.home;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets in credentials.toml, each bound to the server it was made for, so that none is ever sent
 * to another one:
 *
 * <pre>
 * [server."127.0.0.1:9090"]
 * token = "…"                 # from login
 *
 * [server."127.0.0.1:9090".agents]
 * mybot = "…"                 # from agent register
 * </pre>
 */
public final class Credentials {
  /** The file's name in CLAWLIVE_HOME. */
  public static final String FILE = "credentials.toml";

  private final Home home;

  Credentials(Home home) {
    this.home = home;
  }

  /** What login stored for a server. */
  public Optional<String> token(String server) {
    return Optional.ofNullable(home.read(FILE).table("server", server).get("token"));
  }

  /** What agent register stored for an agent of a server. */
  public Optional<String> agentKey(String server, String handle) {
    return Optional.ofNullable(home.read(FILE).table("server", server, "agents").get(handle));
  }

  /** Handles of the agents whose keys are stored for a server. */
  public Set<String> agents(String server) {
    return home.read(FILE).table("server", server, "agents").keySet();
  }

  /** Keeps a login. */
  public void setToken(String server, String token) {
    home.change(FILE, toml -> toml.put(List.of("server", server), "token", token));
  }

  /** Keeps an agent's key. */
  public void setAgentKey(String server, String handle, String key) {
    home.change(FILE, toml -> toml.put(List.of("server", server, "agents"), handle, key));
  }
}
