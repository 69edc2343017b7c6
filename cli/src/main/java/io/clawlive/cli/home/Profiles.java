package io.clawlive.cli.home;

import java.util.List;
import java.util.Optional;

/**
 * Named servers in config.toml:
 *
 * <pre>
 * profile = "work"            # used when nothing else names one; without it, "default"
 *
 * [profile.work]
 * server = "live.example.com:443"
 * </pre>
 */
public final class Profiles {
  private static final String FILE = "config.toml";
  private static final String TABLE = "profile";

  private final Home home;

  Profiles(Home home) {
    this.home = home;
  }

  /** The profile used when neither a flag nor the environment names one. */
  public String usual() {
    return home.read(FILE).table().getOrDefault(TABLE, "default");
  }

  /** Names of all profiles. */
  public List<String> names() {
    return home.read(FILE).tablesBelow(TABLE);
  }

  /** The server of a profile, as HOST:PORT. */
  public Optional<String> server(String profile) {
    return Optional.ofNullable(home.read(FILE).table(TABLE, profile).get("server"));
  }

  /** Sets the server of a profile; makes the profile when there is none of this name. */
  public void setServer(String profile, String server) {
    home.change(FILE, toml -> toml.put(List.of(TABLE, profile), "server", server));
  }
}
