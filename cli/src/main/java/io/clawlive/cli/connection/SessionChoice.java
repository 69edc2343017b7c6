package io.clawlive.cli.connection;

import io.clawlive.cli.home.CurrentSessions.Current;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.UnavailableException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The session a command works on, and as whom: the one named, else CLAWLIVE_SESSION, else the one
 * that {@code start} made current.
 *
 * @param target the server
 * @param sessionId the session's id
 * @param credential the key of the session's agent where it is stored, else the usual credential
 */
public record SessionChoice(Target target, String sessionId, Credential credential) {

  /** Chooses the session to write to; ends the command with a sentence when there is none. */
  public static SessionChoice of(ServerOptions server, @Nullable String named) {
    return find(server, named)
        .orElseThrow(() ->
            new Failure(
                ExitCode.USAGE,
                "There is no current session on %s. Start one with 'clawlive start --project SLUG', or name one; 'clawlive sessions' lists them."
                    .formatted(server.target().server())));
  }

  /** Chooses the session to write to, when there is one. */
  public static Optional<SessionChoice> find(ServerOptions server, @Nullable String named) {
    Target target = server.target();
    Optional<String> id =
        Optional.ofNullable(named).or(() -> target.shell().variable("CLAWLIVE_SESSION"));
    Optional<Current> current =
        target.home().currentSessions().get(target.profile(), target.server());
    if (id.isEmpty()) {
      return current.map(
          it -> new SessionChoice(target, it.sessionId(), target.credentialOf(it.agentHandle())));
    }
    String sessionId = checked(id.get());
    return Optional.of(
        new SessionChoice(
            target,
            sessionId,
            current
                .filter(it -> it.sessionId().equals(sessionId))
                .map(it -> target.credentialOf(it.agentHandle()))
                .orElseGet(() -> credentialOf(target, sessionId))));
  }

  /** A session id as it must look; ends the command with a sentence when it does not. */
  public static String checked(String sessionId) {
    try {
      return UUID.fromString(sessionId).toString();
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          "'%s' is not a session id. Expected a UUID; 'clawlive sessions' lists them."
              .formatted(sessionId),
          e);
    }
  }

  /** A client for this session. Whoever asks for it closes it. */
  public ClawLive connect() {
    return ServerOptions.connect(target.address(), credential);
  }

  /** Asks whose session it is, but only where that can make a difference. */
  private static Credential credentialOf(Target target, String sessionId) {
    if (target.shell().variable("CLAWLIVE_TOKEN").isPresent()
        || target.home().credentials().agents(target.server()).isEmpty()) {
      return target.credential();
    }
    try (ClawLive spectator = ServerOptions.connect(target.address(), Credential.NONE)) {
      return target.credentialOf(spectator.sessions().get(sessionId).getAgentHandle());
    } catch (UnavailableException e) {
      return target.credential(); // The command itself will meet the same and tell it better.
    }
  }
}
