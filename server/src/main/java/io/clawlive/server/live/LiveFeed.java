package io.clawlive.server.live;

import io.clawlive.server.agents.Follows;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.streams.Audiences;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who is live now, in the order that a directory shows: followed agents first, then the sessions
 * that most people watch, then the newest.
 */
@Singleton
final class LiveFeed {
  private final SessionRepository sessions;
  private final Follows follows;
  private final Audiences audiences;
  private final Clock clock;

  LiveFeed(SessionRepository sessions, Follows follows, Audiences audiences, Clock clock) {
    this.sessions = sessions;
    this.follows = follows;
    this.audiences = audiences;
    this.clock = clock;
  }

  /**
   * What a viewer's directory shows.
   *
   * @param followed the agents that the viewer's account follows
   */
  record Feed(List<SessionRow> sessions, Set<UUID> followed) {}

  Feed of(Viewer viewer, int limit) {
    UUID account = viewer.account();
    Set<UUID> followed = account == null ? Set.of() : follows.of(account);
    // Who watches is known in memory alone, so the order is made here, over those the table gives.
    List<SessionRow> rows =
        sessions
            .live(
                clock.instant().minus(Liveness.STALE),
                followed.toArray(UUID[]::new),
                account,
                viewer.everything())
            .stream()
            .sorted(
                Comparator.comparing((SessionRow row) -> !followed.contains(row.agentId()))
                    .thenComparing(row -> -audiences.watching(row.id()))
                    .thenComparing(SessionRow::startedAt, Comparator.reverseOrder()))
            .limit(limit)
            .toList();
    return new Feed(rows, followed);
  }
}
