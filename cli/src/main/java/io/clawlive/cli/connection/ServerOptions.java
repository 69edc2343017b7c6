package io.clawlive.cli.connection;

import io.clawlive.cli.home.Home;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Role;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveOptions;
import io.clawlive.sdk.UnauthenticatedException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. Mixed into every command that needs one. */
public final class ServerOptions {
  // Held, because the logging of the JDK forgets the level of a logger that nobody holds.
  private static final Logger ALL = Logger.getLogger("");

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description =
          "Server to talk to; https:// or http:// before it says whether it is encrypted.")
  private @Nullable String server;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of config.toml that names the server.")
  private @Nullable String profile;

  private final Shell shell;
  private @Nullable Target target;

  /** For the commands of this shell. */
  public ServerOptions(Shell shell) {
    this.shell = shell;
  }

  /** The server that was chosen. */
  public Target target() {
    Target known = target;
    if (known == null) {
      known = Target.choose(shell, home(), server, profile);
      target = known;
    }
    return known;
  }

  /** The server after something may have changed, such as the start of one on this machine. */
  public Target chooseAgain() {
    target = null;
    return target();
  }

  /** The user's folder. */
  public Home home() {
    return Home.of(shell);
  }

  /** The profile flag or variable, for the command that makes profiles. */
  public Optional<String> namedProfile() {
    return Optional.ofNullable(profile).or(() -> shell.variable("CLAWLIVE_PROFILE"));
  }

  /** The server flag or variable, for the command that makes profiles. */
  public Optional<Address> namedServer() {
    return Optional.ofNullable(server)
        .map(text -> Address.parse(text, "--server"))
        .or(() ->
            shell.variable("CLAWLIVE_SERVER").map(text -> Address.parse(text, "CLAWLIVE_SERVER")));
  }

  /** A client with the usual credential. */
  public ClawLive connect() {
    return connect(target().address(), target().credential());
  }

  /** A client for the work of this agent. */
  public ClawLive connectAs(String agentHandle) {
    return connect(target().address(), target().credentialOf(agentHandle));
  }

  /**
   * A client for the work on a project, which may be written HANDLE/SLUG; the agent may be empty.
   */
  public ClawLive connectForProject(String project, String agent) {
    int slash = project.indexOf('/');
    String handle = slash > 0 ? project.substring(0, slash) : agent;
    return handle.isEmpty() ? connect() : connectAs(handle);
  }

  /**
   * A client for an administrator's work: the usual credential where that is an administrator's,
   * else the one of the server on this machine, if it is this server.
   */
  public ClawLive connectAsAdmin() {
    Credential usual = target().credential();
    Optional<Credential> local = target().local();
    boolean choice =
        local.isPresent()
            && target().signedIn().isPresent()
            && shell.variable("CLAWLIVE_TOKEN").isEmpty();
    return connect(target().address(), choice && !isAdmin(usual) ? local.orElse(usual) : usual);
  }

  private boolean isAdmin(Credential credential) {
    try (ClawLive client = connect(target().address(), credential)) {
      return client.identity().whoAmI().getRole() == Role.ROLE_ADMIN;
    } catch (UnauthenticatedException over) {
      return false;
    }
  }

  /** A client with this credential. Whoever asks for it closes it. */
  public static ClawLive connect(Address address, Credential credential) {
    return connect(
        ClawLiveOptions.of(address.hostAndPort())
            .withTls(address.tls())
            .withTokens(credential.tokens()));
  }

  /** A client with these options. Whoever asks for it closes it. */
  public static ClawLive connect(ClawLiveOptions options) {
    // Failures are told once, as a sentence; the transport's own log lines would only repeat them.
    ALL.setLevel(Level.OFF);
    return ClawLive.connect(options.withUserAgent("clawlive-cli"));
  }
}
