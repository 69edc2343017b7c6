package io.clawlive.cli.doctor;

import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.home.Login;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnsupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the server: whether it is there, which version, whether it knows us, its clock. */
final class ServerChecks {
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private final ServerOptions server;

  ServerChecks(ServerOptions server) {
    this.server = server;
  }

  List<Check> run() {
    List<Check> checks = new ArrayList<>();
    Target target = server.target();
    Credential credential = target.credential();
    try (ClawLive client = ServerOptions.connect(target.address(), Credential.NONE)) {
      checks.add(version(target, client.identity().whoAmI().getServerVersion()));
    } catch (ClawLiveException e) {
      checks.add(
          Check.fail(
              "server",
              "%s (from %s): %s".formatted(target.address(), target.source(), e.getMessage()),
              "Start one with 'clawlive serve', or name another with --server."));
      return checks;
    }
    checks.add(credential(target, credential));
    checks.addAll(runtimes(target, credential));
    clock().ifPresent(checks::add);
    return checks;
  }

  private static Check version(Target target, String version) {
    String detail =
        "%s (from %s) answers, version %s".formatted(target.address(), target.source(), version);
    return version.equals(ClawLive.version())
        ? Check.ok("server", detail)
        : Check.warn(
            "server",
            detail + "; this program is " + ClawLive.version(),
            "Use the same version on both sides when something does not work.");
  }

  private static Check credential(Target target, Credential credential) {
    if (!credential.present()) {
      return Check.warn(
          "credential",
          "none for " + target.server() + ": you can watch and not write",
          "Run 'clawlive login', or set CLAWLIVE_TOKEN.");
    }
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      WhoAmIResponse caller = client.identity().whoAmI();
      return Check.ok(
          "credential",
          "from %s, accepted as %s %s%s"
              .formatted(
                  credential.source(),
                  Fields.word(caller.getRole(), "ROLE_"),
                  caller.getAgentHandle().isEmpty()
                      ? caller.getAccountName()
                      : caller.getAgentHandle(),
                  end(target, credential, caller)));
    } catch (UnauthenticatedException e) {
      return Check.fail(
          "credential",
          "the one from %s is not accepted: %s".formatted(credential.source(), e.getMessage()),
          "Sign in again: clawlive login");
    } catch (ClawLiveException e) {
      return Check.warn("credential", "not checked: " + e.getMessage(), "Try again.");
    }
  }

  /** What runs sandboxes; only somebody whom the server knows may ask. */
  private static List<Check> runtimes(Target target, Credential credential) {
    if (!credential.present()) {
      return List.of();
    }
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      return RuntimeChecks.of(client.sandboxes().runtime());
    } catch (UnauthenticatedException | UnsupportedException e) {
      return List.of(); // Told already, or a server that knows no sandboxes.
    } catch (ClawLiveException e) {
      return List.of(Check.warn("sandboxes", "not checked: " + e.getMessage(), "Try again."));
    }
  }

  /** Until when it holds, where it ends by itself. A login goes on while it is used. */
  private static String end(Target target, Credential credential, WhoAmIResponse caller) {
    Optional<Login> login = target.home().credentials().login(target.server());
    if (login.isPresent()
        && credential.source().equals(target.signedIn().map(Credential::source).orElse(""))) {
      return "; the login ends %s unless it is used before"
          .formatted(login.get().refreshExpiresAt());
    }
    Instant end = Fields.time(caller.getCredentialExpiresAt());
    return end == null ? "" : "; it ends " + end;
  }

  /** The server tells its time only in what it writes, so this needs a session of ours. */
  private Optional<Check> clock() {
    Optional<SessionChoice> session = SessionChoice.find(server, null);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    try (ClawLive client = session.get().connect()) {
      client.identity().whoAmI(); // Connects, so that the next call's time is the call's alone.
      Instant before = Instant.now();
      Session answer = client.sessions().heartbeat(session.get().sessionId());
      Instant now = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
      Instant theirs = Fields.time(answer.getLastHeartbeatAt());
      Duration skew = theirs == null ? Duration.ZERO : Duration.between(now, theirs);
      String detail = "the server's is %+d ms from ours".formatted(skew.toMillis());
      return Optional.of(
          skew.abs().compareTo(TOLERATED) <= 0
              ? Check.ok("clock", detail)
              : Check.warn("clock", detail, "Set both clocks by NTP; events carry both times."));
    } catch (ClawLiveException e) {
      return Optional.of(
          Check.warn(
              "session",
              "the current session: " + e.getMessage(),
              "Start a new one with 'clawlive start'."));
    }
  }
}
