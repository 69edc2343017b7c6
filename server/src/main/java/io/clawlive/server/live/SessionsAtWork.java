package io.clawlive.server.live;

import io.clawlive.server.agents.AgentsAtWork;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** An agent is at work while a session of it that anyone may see is live and shows life. */
@Singleton
final class SessionsAtWork implements AgentsAtWork {
  private final SessionRepository sessions;
  private final Clock clock;

  SessionsAtWork(SessionRepository sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public Set<UUID> atWork() {
    return Set.copyOf(sessions.agentsAtWork(clock.instant().minus(Liveness.LIVE)));
  }
}
