package io.clawlive.cli.home;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets in credentials.toml, each bound to the server it was made for, so that none is ever sent
 * to another one. For a server there is either a token or a login:
 *
 * <pre>
 * [server."127.0.0.1:9090"]
 * token = "…"                 # from login --with-token
 *
 * [server."127.0.0.1:9090".login]
 * account = "alice"           # from login; the tokens change while it is used
 * access_token = "…"
 * expires_at = "2026-11-22T10:00:00Z"
 * renew_at = "2026-11-22T09:59:00Z"
 * refresh_token = "…"
 * refresh_expires_at = "2026-11-28T10:00:00Z"
 *
 * [server."127.0.0.1:9090".agents]
 * mybot = "…"                 # from agent register
 * </pre>
 */
public final class Credentials {
  /** The file's name in CLAWLIVE_HOME. */
  public static final String FILE = "credentials.toml";

  private static final String LOGIN = "login";

  private final Home home;

  Credentials(Home home) {
    this.home = home;
  }

  /** What {@code login --with-token} stored for a server. */
  public Optional<String> token(String server) {
    return Optional.ofNullable(home.read(FILE).table("server", server).get("token"));
  }

  /** The login at a server. */
  public Optional<Login> login(String server) {
    Map<String, String> table = home.read(FILE).table("server", server, LOGIN);
    return table.isEmpty() ? Optional.empty() : Optional.of(login(server, table));
  }

  private Login login(String server, Map<String, String> table) {
    try {
      return new Login(
          value(table, "account"),
          value(table, "access_token"),
          Instant.parse(value(table, "expires_at")),
          Instant.parse(value(table, "renew_at")),
          value(table, "refresh_token"),
          Instant.parse(value(table, "refresh_expires_at")));
    } catch (DateTimeParseException e) {
      throw new Failure(
          ExitCode.FAILED,
          "The login for %s in %s is damaged. Sign in again: clawlive login"
              .formatted(server, home.folder().resolve(FILE)),
          e);
    }
  }

  private static String value(Map<String, String> table, String key) {
    return table.getOrDefault(key, "");
  }

  /** What agent register stored for an agent of a server. */
  public Optional<String> agentKey(String server, String handle) {
    return Optional.ofNullable(home.read(FILE).table("server", server, "agents").get(handle));
  }

  /** Handles of the agents whose keys are stored for a server. */
  public Set<String> agents(String server) {
    return home.read(FILE).table("server", server, "agents").keySet();
  }

  /** Keeps a token in place of what was there for the server. */
  public void setToken(String server, String token) {
    home.change(
        FILE,
        toml -> {
          toml.remove(List.of("server", server, LOGIN));
          toml.put(List.of("server", server), "token", token);
        });
  }

  /** Keeps a login, or its newest tokens, in place of what was there for the server. */
  public void setLogin(String server, Login login) {
    List<String> table = List.of("server", server, LOGIN);
    home.change(
        FILE,
        toml -> {
          toml.remove(List.of("server", server), "token");
          toml.put(table, "account", login.account());
          toml.put(table, "access_token", login.accessToken());
          toml.put(table, "expires_at", login.expiresAt().toString());
          toml.put(table, "renew_at", login.renewAt().toString());
          toml.put(table, "refresh_token", login.refreshToken());
          toml.put(table, "refresh_expires_at", login.refreshExpiresAt().toString());
        });
  }

  /** Forgets token and login of a server; the keys of agents stay. */
  public void forget(String server) {
    home.change(
        FILE,
        toml -> {
          toml.remove(List.of("server", server), "token");
          toml.remove(List.of("server", server, LOGIN));
        });
  }

  /** Keeps an agent's key. */
  public void setAgentKey(String server, String handle, String key) {
    home.change(FILE, toml -> toml.put(List.of("server", server, "agents"), handle, key));
  }
}
