package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A credential that changes while a client is open. */
@Timeout(30)
class TokenSourceTest {
  private final WireDouble server = new WireDouble();
  private final AtomicInteger asked = new AtomicInteger();

  /** Another token whenever one was refused, the same one otherwise. */
  private final TokenSource renewing =
      new TokenSource() {
        private volatile int number = 1;

        @Override
        public String token() {
          asked.incrementAndGet();
          return "t" + number;
        }

        @Override
        public synchronized String replacement(String refused) {
          number += refused.equals("t" + number) ? 1 : 0;
          return "t" + number;
        }
      };

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theSourceIsAskedForEveryCall() {
    server.storeThoughts(3);
    server.ended = true;
    AtomicInteger number = new AtomicInteger();
    try (ClawLive live = ClawLive.connect(server.address(), () -> "n" + number.incrementAndGet())) {
      assertEquals(3, read(live).size());
      assertEquals(3, read(live).size());
    }
    assertEquals(List.of("Bearer n1", "Bearer n2"), List.copyOf(server.authorizations));
  }

  @Test
  void aSpectatorSendsNoCredential() {
    server.ended = true;
    try (ClawLive live = ClawLive.connect(server.address())) {
      assertEquals(0, read(live).size());
    }
    assertEquals(List.of(""), List.copyOf(server.authorizations));
  }

  @Test
  void aWatchGoesOnWithTheNextTokenWhereTheFirstOneExpired() {
    server.storeThoughts(50);
    server.ended = true;
    server.watchMessagesUntilDrop.set(4);
    server.watchDropReason = ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED;
    List<ConnectionChange> changes = new ArrayList<>();
    List<Long> sequences = new ArrayList<>();
    try (ClawLive live = ClawLive.connect(server.address(), renewing);
        EventStream stream =
            live.sessions()
                .watch(WireDouble.STREAM, WatchOptions.fromStart().onConnection(changes::add))) {
      stream.forEach(event -> sequences.add(event.sequence()));
    }
    assertEquals(LongStream.rangeClosed(1, 50).boxed().toList(), sequences);
    assertEquals(List.of("Bearer t1", "Bearer t2"), List.copyOf(server.authorizations));
    assertEquals(
        List.of(
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.CLOSED),
        changes.stream().map(ConnectionChange::state).toList());
  }

  @Test
  void aPublisherGoesOnWithTheNextTokenAndLosesNothing() {
    server.dropsAfterCommit.set(1);
    server.publishDropReason = ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED;
    try (ClawLive live = ClawLive.connect(server.address(), renewing);
        SessionPublisher publisher = live.sessions().publisher(WireDouble.STREAM)) {
      for (int i = 1; i <= 100; i++) {
        publisher.thought("t" + i);
      }
      publisher.flush(Duration.ofSeconds(10));
    }
    assertEquals(
        LongStream.rangeClosed(1, 100).mapToObj(i -> "t" + i).toList(),
        Events.texts(server.stored()));
    assertEquals(List.of("Bearer t1", "Bearer t2"), List.copyOf(server.authorizations));
  }

  @Test
  void aTokenThatStaysTheSameEndsTheWatchWithTheReason() {
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED));
    try (ClawLive live = ClawLive.connect(server.address(), "fixed")) {
      ClawLiveException failure = assertThrows(CredentialEndedException.class, () -> read(live));
      assertEquals("CREDENTIAL_EXPIRED", failure.reason());
    }
    assertEquals(1, server.authorizations.size());
  }

  @Test
  void aTokenThatStaysTheSameEndsThePublisherWithTheReason() {
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED));
    try (ClawLive live = ClawLive.connect(server.address(), "fixed")) {
      SessionPublisher publisher = live.sessions().publisher(WireDouble.STREAM);
      assertThrows(
          CredentialEndedException.class,
          () -> {
            publisher.thought("one");
            publisher.flush(Duration.ofSeconds(10));
          });
    }
    assertEquals(1, server.authorizations.size());
  }

  @Test
  void aRevokedCredentialIsNotTriedAgain() {
    server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED));
    try (ClawLive live = ClawLive.connect(server.address(), renewing)) {
      ClawLiveException failure = assertThrows(CredentialEndedException.class, () -> read(live));
      assertEquals("CREDENTIAL_REVOKED", failure.reason());
    }
    assertEquals(1, server.authorizations.size());
  }

  @Test
  void aSecondRefusalInARowIsFinal() {
    for (int i = 0; i < 5; i++) {
      server.refusals.add(WireDouble.refusal(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED));
    }
    try (ClawLive live = ClawLive.connect(server.address(), renewing)) {
      assertThrows(CredentialEndedException.class, () -> read(live));
    }
    assertEquals(List.of("Bearer t1", "Bearer t2"), List.copyOf(server.authorizations));
  }

  @Test
  void whatTheSourceThrowsReachesTheCaller() {
    ClawLiveException over =
        new CredentialEndedException(ErrorDetail.of("REFRESH_REUSED", "Over.", false), null);
    TokenSource ended =
        () -> {
          throw over;
        };
    TokenSource broken =
        () -> {
          throw new IllegalStateException("the file is gone");
        };
    try (ClawLive live = ClawLive.connect(server.address(), ended)) {
      ClawLiveException failure =
          assertThrows(CredentialEndedException.class, () -> live.identity().whoAmI());
      assertEquals("REFRESH_REUSED", failure.reason());
      assertThrows(CredentialEndedException.class, () -> read(live));
    }
    try (ClawLive live = ClawLive.connect(server.address(), broken)) {
      ClawLiveException failure =
          assertThrows(UnauthenticatedException.class, () -> live.identity().whoAmI());
      assertEquals("TOKEN_SOURCE_FAILED", failure.reason());
      assertTrue(failure.getMessage().contains("the file is gone"), failure.getMessage());
    }
    assertEquals(0, server.authorizations.size());
  }

  @Test
  void aSlowSourceHoldsUpItsOwnCallsAlone() throws InterruptedException {
    server.storeThoughts(3);
    server.ended = true;
    TokenSource slow =
        () -> {
          try {
            Thread.sleep(3_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return "slow";
        };
    try (ClawLive waiting = ClawLive.connect(server.address(), slow);
        ClawLive live = ClawLive.connect(server.address(), "quick")) {
      SessionPublisher publisher = waiting.sessions().publisher(WireDouble.STREAM);
      long begun = System.nanoTime();
      assertEquals(3, read(live).size());
      assertTrue(Duration.ofNanos(System.nanoTime() - begun).toMillis() < 2_500);
      assertFalse(server.authorizations.contains("Bearer slow"));
      publisher.thought("later");
      publisher.flush(Duration.ofSeconds(10));
      publisher.close();
    }
  }

  private static List<StreamEvent> read(ClawLive live) {
    List<StreamEvent> events = new ArrayList<>();
    try (EventStream stream = live.sessions().watch(WireDouble.STREAM)) {
      stream.forEach(events::add);
    }
    return events;
  }
}
