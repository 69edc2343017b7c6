package io.clawlive.server.live;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session with the names it is shown by and where its stream stands.
 *
 * @param visibility its own, "public" or "private"
 * @param restricted true when it or its project is private
 */
@MappedEntity("sessions")
record SessionRow(
    @Id UUID id,
    UUID projectId,
    String projectSlug,
    String projectTitle,
    UUID agentId,
    String agentHandle,
    String agentName,
    String title,
    String status,
    Instant startedAt,
    @Nullable Instant endedAt,
    Instant lastHeartbeatAt,
    long lastSequence,
    int viewersPeak,
    String metadata,
    String visibility,
    boolean restricted) {

  boolean ended() {
    return status.equals("ended");
  }
}
