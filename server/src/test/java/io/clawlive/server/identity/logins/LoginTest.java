package io.clawlive.server.identity.logins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The life of a login: its two tokens, and the ways it ends. */
final class LoginTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);
  private static final MovableClock clock = server.bean(MovableClock.class);

  @Test
  void anAccessTokenWorksADayAndARefreshTokenAWeek() {
    Tokens tokens = server.person("day").tokens();
    assertEquals("Bearer", tokens.getTokenType());
    assertTrue(Math.abs(tokens.getExpiresIn() - 86_400) <= 1, tokens.getExpiresIn() + " s");
    assertEquals("day", whoAmI(tokens));

    clock.advance(Duration.ofHours(24).minusSeconds(2));
    assertEquals("day", whoAmI(tokens));
    clock.advance(Duration.ofSeconds(3));
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, () -> whoAmI(tokens));

    clock.advance(Duration.ofDays(5));
    Tokens next = refresh(tokens);
    assertNotEquals(tokens.getRefreshToken(), next.getRefreshToken());
    assertEquals("day", whoAmI(next));
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, () -> refresh(next));
  }

  @Test
  void aRefreshTokenUsedTwiceEndsTheWholeLogin() {
    Person bob = server.person("twice");
    Tokens second = refresh(bob.tokens());
    Tokens third = refresh(second);
    assertEquals("twice", whoAmI(third));

    Refused.with(ErrorReason.ERROR_REASON_REFRESH_REUSED, () -> refresh(bob.tokens()));
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(third));
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> refresh(third));
    assertEquals("twice", whoAmI(bob.again().tokens()), "other logins go on");
  }

  @Test
  void ofTwoWhoUseOneRefreshTokenAtOnceOneGetsTokensAndBothAreOut() {
    Tokens tokens = server.person("race").tokens();
    var in = new AtomicInteger();
    var out = new AtomicInteger();
    Together.run(
        8,
        i -> {
          try {
            refresh(tokens);
            in.incrementAndGet();
          } catch (io.grpc.StatusRuntimeException e) {
            ErrorReason reason = Refused.of(e).reason();
            assertTrue(
                reason == ErrorReason.ERROR_REASON_REFRESH_REUSED
                    || reason == ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED,
                reason::toString);
            out.incrementAndGet();
          }
        });
    assertEquals(1, in.get());
    assertEquals(7, out.get());
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(tokens));
  }

  @Test
  void logoutEndsThisLoginAndNoOther() {
    Person bob = server.person("leaver");
    Person elsewhere = bob.again();
    bob.client().identity().logout(LogoutRequest.getDefaultInstance());
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(bob.tokens()));
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> refresh(bob.tokens()));
    assertEquals("leaver", whoAmI(elsewhere.tokens()));
  }

  @Test
  void logoutWithAKeyChangesNothing() {
    Person bob = server.person("keyholder");
    String key = bob.key(io.clawlive.identity.v1.KeyScope.KEY_SCOPE_FULL).getApiKey();
    server.as(key).identity().logout(LogoutRequest.getDefaultInstance());
    assertEquals(
        "keyholder",
        server.as(key).identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getAccountName());
    assertEquals("keyholder", whoAmI(bob.tokens()));
  }

  @Test
  void noOtherTokenIsARefreshToken() {
    Tokens tokens = server.person("mixer").tokens();
    String changed = tokens.getRefreshToken().substring(0, 20) + "A".repeat(24);
    for (String text :
        java.util.List.of(
            tokens.getAccessToken().substring(0, 200),
            "clr_00000000_" + "0".repeat(32),
            changed,
            "x")) {
      Refused.with(
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          () -> refresh(Tokens.newBuilder().setRefreshToken(text).build()));
    }
    assertEquals("mixer", whoAmI(tokens), "a guess ends nothing");
  }

  private static Tokens refresh(Tokens tokens) {
    return server
        .nobody()
        .identity()
        .refresh(RefreshRequest.newBuilder().setRefreshToken(tokens.getRefreshToken()).build())
        .getTokens();
  }

  private static String whoAmI(Tokens tokens) {
    return server
        .as(tokens.getAccessToken())
        .identity()
        .whoAmI(WhoAmIRequest.getDefaultInstance())
        .getAccountName();
  }
}
