package io.clawlive.cli.connection;

import io.clawlive.cli.home.Home;
import io.clawlive.cli.home.LocalServer;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server, how it was chosen, and the credentials there are for it.
 *
 * <p>The server is the first of: {@code --server}, CLAWLIVE_SERVER, the profile's, the one running
 * on this machine, 127.0.0.1:9090. The credential is the first of: CLAWLIVE_TOKEN, the agent's own
 * key where the work is an agent's, what login stored for this server, the local server's own. A
 * stored credential is bound to its server and never sent to another.
 *
 * @param profile name of the profile
 * @param address where the server is
 * @param source what decided about the server, for people
 * @param shell where the command was started
 * @param home where credentials lie
 */
public record Target(String profile, Address address, String source, Shell shell, Home home) {

  static Target choose(
      Shell shell, Home home, @Nullable String serverFlag, @Nullable String profileFlag) {
    Optional<String> named =
        Optional.ofNullable(profileFlag).or(() -> shell.variable("CLAWLIVE_PROFILE"));
    String profile = named.orElseGet(home.profiles()::usual);
    Optional<String> variable = shell.variable("CLAWLIVE_SERVER");
    Optional<String> profileServer = home.profiles().server(profile);
    if (serverFlag != null) {
      return at(shell, home, profile, serverFlag, "--server");
    }
    if (variable.isPresent()) {
      return at(shell, home, profile, variable.get(), "CLAWLIVE_SERVER");
    }
    if (profileServer.isPresent()) {
      return at(shell, home, profile, profileServer.get(), "profile '" + profile + "'");
    }
    if (named.isPresent() && !profile.equals("default")) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no profile '%s'; known are: %s. 'clawlive login --profile %s --server HOST:PORT' makes it."
              .formatted(
                  profile,
                  home.profiles().names().isEmpty()
                      ? "none"
                      : String.join(", ", home.profiles().names()),
                  profile));
    }
    return LocalServer.find(home)
        .map(local -> at(shell, home, profile, local.address(), "the server on this machine"))
        .orElseGet(() -> new Target(profile, Address.USUAL, "default", shell, home));
  }

  private static Target at(Shell shell, Home home, String profile, String server, String source) {
    return new Target(profile, Address.parse(server, source), source, shell, home);
  }

  /** HOST:PORT, as credentials and sessions are filed; this machine has one name. */
  public String server() {
    return address.filed();
  }

  /** The credential for work that is not an agent's own. */
  public Credential credential() {
    return shell
        .variable("CLAWLIVE_TOKEN")
        .map(token -> new Credential(token, "CLAWLIVE_TOKEN"))
        .or(this::signedIn)
        .or(this::local)
        .orElse(Credential.NONE);
  }

  /** What login stored for this server. */
  public Optional<Credential> signedIn() {
    return home.credentials()
        .login(server())
        .map(login ->
            new Credential(new LoginTokens(home, address), true, "login of " + login.account()))
        .or(() -> home.credentials().token(server()).map(token -> new Credential(token, "login")));
  }

  /** The credential for an agent's own work: its key where one is stored, else as above. */
  public Credential credentialOf(String agentHandle) {
    if (shell.variable("CLAWLIVE_TOKEN").isPresent()) {
      return credential();
    }
    return home.credentials()
        .agentKey(server(), agentHandle)
        .map(key -> new Credential(key, "key of agent " + agentHandle))
        .orElseGet(this::credential);
  }

  /** What the server left here if it runs on this machine: may do everything. */
  public Optional<Credential> local() {
    return localServer().map(local -> new Credential(local.token(), "the server on this machine"));
  }

  /**
   * The server's web address: the first of the flag, CLAWLIVE_WEB_URL, what the server on this
   * machine left. Without any the command ends with a sentence.
   */
  public URI web(@Nullable URI flag) {
    Optional<URI> found =
        Optional.ofNullable(flag)
            .or(() -> shell.variable("CLAWLIVE_WEB_URL").map(Target::uri))
            .or(() -> localServer().map(LocalServer::web).map(Target::uri));
    URI web =
        found.orElseThrow(() ->
            new Failure(
                ExitCode.USAGE,
                "The web address of %s is not known. Give it with --web-url or CLAWLIVE_WEB_URL."
                    .formatted(server())));
    if (web.getHost() == null || !String.valueOf(web.getScheme()).matches("https?")) {
      throw noWebAddress(web.toString());
    }
    return web;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw noWebAddress(text);
    }
  }

  private static Failure noWebAddress(String text) {
    return new Failure(
        ExitCode.USAGE,
        "'%s' is no web address. Expected http://HOST:PORT or https://HOST.".formatted(text));
  }

  private Optional<LocalServer> localServer() {
    return LocalServer.find(home)
        .filter(
            local -> Address.parse(local.address(), "local-server.toml").filed().equals(server()));
  }
}
