package io.clawlive.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.Liveness;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.server.testing.Events;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database, and a time that moves only when it is told to. */
final class SignsOfLifeTest {
  private static final String[] SETTINGS = {MovableClock.PROPERTY, "clawlive.live.beat=100ms"};
  private static final Duration A_FEW_BEATS = Duration.ofMillis(600);

  private TestServer one;
  private TestServer two;
  private Worker worker;

  @BeforeEach
  void start() {
    one = TestServer.start(SETTINGS);
    two = one.sibling(SETTINGS);
    two.bean(MovableClock.class).follow(one.bean(MovableClock.class));
    worker = one.worker("pulse");
  }

  @AfterEach
  void stop() {
    two.close();
    one.close();
  }

  @Test
  void aSessionIsLiveThirtySecondsStaleUpToTwoMinutesAndThenOffline() {
    String id = worker.stream();
    assertEquals(Liveness.LIVENESS_LIVE, liveness(id));
    pass(Duration.ofSeconds(30));
    assertEquals(Liveness.LIVENESS_LIVE, liveness(id));
    pass(Duration.ofSeconds(1));
    assertEquals(Liveness.LIVENESS_STALE, liveness(id));
    pass(Duration.ofSeconds(89));
    assertEquals(Liveness.LIVENESS_STALE, liveness(id));
    pass(Duration.ofSeconds(1));
    assertEquals(Liveness.LIVENESS_OFFLINE, liveness(id));

    Session alive = heartbeat(id);
    assertEquals(Liveness.LIVENESS_LIVE, alive.getLiveness());
    assertEquals(121, alive.getLastHeartbeatAt().getSeconds() - alive.getStartedAt().getSeconds());
  }

  @Test
  void eventsInASingleCallAreASignOfLife() {
    String id = worker.stream();
    pass(Duration.ofSeconds(200));
    assertEquals(Liveness.LIVENESS_OFFLINE, liveness(id));
    worker.append(id, Events.thought(1, "here"));
    Together.soon("a beat", Duration.ofSeconds(5), () -> liveness(id) == Liveness.LIVENESS_LIVE);
  }

  @Test
  void aSilenceRaisesOneAlertHoweverManyServersNoticeAndAHeartbeatEndsIt() {
    String id = worker.stream();
    pass(Duration.ofMinutes(5));
    Together.pause(A_FEW_BEATS);
    assertEquals(List.of(), alerts(id), "five minutes are not yet too long");

    pass(Duration.ofSeconds(1));
    Together.soon("an alert", Duration.ofSeconds(5), () -> !alerts(id).isEmpty());
    pass(Duration.ofMinutes(20));
    Together.pause(A_FEW_BEATS);
    assertEquals(1, alerts(id).size());
    assertEquals(AlertKind.ALERT_KIND_NO_HEARTBEAT, alerts(id).getFirst().getAlert().getKind());
    assertEquals(1, counted());

    heartbeat(id);
    Together.pause(A_FEW_BEATS);
    assertEquals(1, alerts(id).size(), "it is alive again");
    pass(Duration.ofMinutes(6));
    Together.soon("the next silence", Duration.ofSeconds(5), () -> alerts(id).size() == 2);
    assertEquals(2, counted());
  }

  @Test
  void aSessionThatIsPausedOrEndedMaySayNothing() {
    String paused = worker.stream();
    worker
        .client()
        .sessions()
        .pauseSession(PauseSessionRequest.newBuilder().setSessionId(paused).build());
    String ended = worker.stream();
    worker.end(ended);
    String silent = worker.stream();
    pass(Duration.ofMinutes(6));
    Together.soon("an alert", Duration.ofSeconds(5), () -> !alerts(silent).isEmpty());
    Together.pause(A_FEW_BEATS);
    assertEquals(List.of(), alerts(paused));
    assertEquals(List.of(), alerts(ended));
  }

  @Test
  void anOpenPublishIsASignOfLife() {
    String id = worker.stream();
    try (Publishing call = worker.publish(id, "p")) {
      assertEquals(0, call.opened());
      pass(Duration.ofMinutes(10));
      Together.soon(
          "alive by its publisher",
          Duration.ofSeconds(5),
          () -> liveness(id) == Liveness.LIVENESS_LIVE);
      call.finish();
    }
    Together.pause(A_FEW_BEATS);
    pass(Duration.ofSeconds(60));
    Together.pause(A_FEW_BEATS);
    assertEquals(Liveness.LIVENESS_STALE, liveness(id), "the call is over");
  }

  private void pass(Duration time) {
    one.bean(MovableClock.class).advance(time);
    two.bean(MovableClock.class).advance(time);
  }

  private double counted() {
    return one.counted("clawlive.alerts") + two.counted("clawlive.alerts");
  }

  private List<Event> alerts(String id) {
    return one.nobody().everything(id).stream().filter(Event::hasAlert).toList();
  }

  private Liveness liveness(String id) {
    return one.nobody()
        .sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
        .getSession()
        .getLiveness();
  }

  private Session heartbeat(String id) {
    return worker
        .client()
        .sessions()
        .heartbeat(HeartbeatRequest.newBuilder().setSessionId(id).build())
        .getSession();
  }
}
