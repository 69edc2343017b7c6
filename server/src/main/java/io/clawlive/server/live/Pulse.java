package io.clawlive.server.live;

import io.clawlive.server.live.SessionRepository.SilentRow;
import io.clawlive.server.streams.Audiences;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.Publishers;
import io.clawlive.streams.v1.Alert;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions' signs of life: an open publisher is a heartbeat, a long silence raises one
 * alert, and the highest number of viewers is noted. A few statements a beat, however many sessions
 * there are.
 */
@Singleton
final class Pulse {
  static final Duration SILENCE = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  private final SessionRepository sessions;
  private final EventLog log;
  private final Publishers publishers;
  private final Audiences audiences;
  private final Clock clock;
  private final Counter alerts;
  private final AtomicLong active = new AtomicLong();

  Pulse(
      SessionRepository sessions,
      EventLog log,
      Publishers publishers,
      Audiences audiences,
      Clock clock,
      MeterRegistry meters) {
    this.sessions = sessions;
    this.log = log;
    this.publishers = publishers;
    this.audiences = audiences;
    this.clock = clock;
    this.alerts =
        Counter.builder("clawlive.alerts")
            .description("Alerts raised, by kind.")
            .tag("kind", "no_heartbeat")
            .register(meters);
    Gauge.builder("clawlive.sessions.active", active::get)
        .description("Sessions that are live or paused, counted every few seconds.")
        .register(meters);
  }

  @Scheduled(fixedDelay = "${clawlive.live.beat:5s}", initialDelay = "${clawlive.live.beat:5s}")
  void beat() {
    try {
      Instant now = clock.instant();
      UUID[] writing = publishers.takeStreams().toArray(UUID[]::new);
      if (writing.length > 0) {
        sessions.heartbeat(writing, now);
      }
      audiences.takePeaks().forEach(sessions::raisePeak);
      sessions.endByStream(now);
      active.set(sessions.countRunning());
      sessions.silent(now.minus(SILENCE)).forEach(this::alert);
    } catch (RuntimeException e) {
      LOG.warn("the sessions' signs of life could not be kept: {}", e.getMessage());
    }
  }

  private void alert(SilentRow session) {
    if (sessions.claimAlert(session.id(), session.lastHeartbeatAt()) > 0) {
      alerts.increment();
      log.append(
          session.id(),
          Event.newBuilder()
              .setAlert(
                  Alert.newBuilder()
                      .setKind(AlertKind.ALERT_KIND_NO_HEARTBEAT)
                      .setMessage("No heartbeat since " + session.lastHeartbeatAt() + "."))
              .build());
    }
  }
}
