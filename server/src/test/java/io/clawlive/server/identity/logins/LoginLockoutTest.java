package io.clawlive.server.identity.logins;

import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOCKED_OUT;
import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOGIN_FAILED;
import static io.clawlive.errors.v1.ErrorReason.ERROR_REASON_LOGIN_UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.rpc.RetryInfo;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who guesses passwords at several servers gets no more guesses than at one. */
final class LoginLockoutTest {
  private static final String PATIENT = "clawlive.redis.timeout=10s";

  @Test
  void tenWrongPasswordsAtTwoServersLockTheNameAtBothAndNothingElse() {
    try (var redis = TestRedis.start();
        var one = TestServer.start(redis.property(), PATIENT, MovableClock.PROPERTY);
        var other = one.sibling(redis.property(), PATIENT, MovableClock.PROPERTY)) {
      other.bean(MovableClock.class).follow(one.bean(MovableClock.class));
      Person bob = one.person("bob");
      one.person("eve");
      for (int i = 0; i < 10; i++) {
        TestServer server = i % 2 == 0 ? one : other;
        String name = i % 2 == 0 ? "bob" : "BOB";
        Refused.with(ERROR_REASON_LOGIN_FAILED, () -> Person.login(server, name, "wrong password"));
      }
      for (TestServer server : List.of(one, other)) {
        Refused refused =
            Refused.with(
                ERROR_REASON_LOCKED_OUT, () -> Person.login(server, "bob", Person.PASSWORD));
        assertEquals(
            300, refused.detail(RetryInfo.class).orElseThrow().getRetryDelay().getSeconds());
        Person.login(server, "eve", Person.PASSWORD);
      }
      assertEquals("bob", whoAmI(bob), "an open login goes on");

      one.bean(MovableClock.class).advance(Duration.ofMinutes(5));
      other.bean(MovableClock.class).follow(one.bean(MovableClock.class));
      Person.login(other, "bob", Person.PASSWORD);

      redis.kill();
      Refused.with(ERROR_REASON_LOGIN_UNAVAILABLE, () -> Person.login(one, "bob", Person.PASSWORD));
      assertEquals("bob", whoAmI(bob), "only passwords need Redis");
    }
  }

  private static String whoAmI(Person person) {
    return person.client().identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getAccountName();
  }
}
