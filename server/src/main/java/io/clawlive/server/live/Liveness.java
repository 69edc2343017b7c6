package io.clawlive.server.live;

import java.time.Duration;
import java.time.Instant;

/** How fresh a session's last sign of life is. */
final class Liveness {
  static final Duration LIVE = Duration.ofSeconds(30);
  static final Duration STALE = Duration.ofSeconds(120);

  private Liveness() {}

  static io.clawlive.live.v1.Liveness of(SessionRow session, Instant now) {
    if (session.ended()) {
      return io.clawlive.live.v1.Liveness.LIVENESS_OFFLINE;
    }
    Duration silence = Duration.between(session.lastHeartbeatAt(), now);
    if (silence.compareTo(LIVE) <= 0) {
      return io.clawlive.live.v1.Liveness.LIVENESS_LIVE;
    }
    return silence.compareTo(STALE) <= 0
        ? io.clawlive.live.v1.Liveness.LIVENESS_STALE
        : io.clawlive.live.v1.Liveness.LIVENESS_OFFLINE;
  }
}
