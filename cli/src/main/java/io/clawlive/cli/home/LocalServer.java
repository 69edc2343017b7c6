package io.clawlive.cli.home;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs on this machine with the same CLAWLIVE_HOME. It leaves its address and a
 * credential in local-server.toml, which only this user can read.
 *
 * @param address HOST:PORT
 * @param token the local administrator's credential
 * @param web address of the web door, such as http://127.0.0.1:8080; null when it has none
 */
public record LocalServer(String address, String token, @Nullable String web) {

  /** What local-server.toml says, when it is there. The server may have stopped since. */
  public static Optional<LocalServer> find(Home home) {
    Map<String, String> table = home.read("local-server.toml").table();
    String address = table.get("address");
    String token = table.get("token");
    return address == null || token == null
        ? Optional.empty()
        : Optional.of(new LocalServer(address, token, table.get("web")));
  }

  @Override
  public String toString() {
    return "LocalServer[" + address + "]";
  }
}
