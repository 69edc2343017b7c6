package io.clawlive.cli.connection;

import io.clawlive.cli.home.CurrentSessions.Current;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** A client that sees this session, which may be private. Whoever asks for it closes it. */
  public static ClawLive connectToSee(ServerOptions server, String sessionId) {
    Target target = server.target();
    for (Credential credential : others(target)) {
      ClawLive client = ServerOptions.connect(target.address(), credential);
      if (sees(client, sessionId).isPresent()) {
        return client;
      }
      client.close();
    }
    return server.connect(); // The command itself will be told that there is no such session.
  }

  /** Asks whose session it is, but only where that can make a difference. */
  private static Credential credentialOf(Target target, String sessionId) {
    for (Credential credential : others(target)) {
      try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
        Optional<Session> session = sees(client, sessionId);
        if (session.isPresent()) {
          return target.credentialOf(session.get().getAgentHandle());
        }
      } catch (UnavailableException e) {
        break; // The command itself will meet the same and tell it better.
      }
    }
    return target.credential();
  }

  /** All there are, the usual one first; none where there is but one. */
  private static List<Credential> others(Target target) {
    Set<String> agents = target.home().credentials().agents(target.server());
    if (target.shell().variable("CLAWLIVE_TOKEN").isPresent() || agents.isEmpty()) {
      return List.of();
    }
    List<Credential> all = new ArrayList<>(List.of(target.credential()));
    agents.forEach(handle -> all.add(target.credentialOf(handle)));
    return all;
  }

  private static Optional<Session> sees(ClawLive client, String sessionId) {
    try {
      return Optional.of(client.sessions().get(sessionId));
    } catch (NotFoundException | UnauthenticatedException e) {
      return Optional.empty(); // It may still be there for another one.
    }
  }
}
