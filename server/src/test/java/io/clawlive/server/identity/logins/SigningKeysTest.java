package io.clawlive.server.identity.logins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.SigningKey;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.secrets.SecretBox;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.micronaut.transaction.TransactionOperations;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of signing keys, on one server and on several. */
final class SigningKeysTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void aFreshServerHasOneKeyAndARestartKeepsIt() {
    try (var server = TestServer.start()) {
      List<SigningKey> published = keys(server).published();
      SigningKey key = published.getFirst();
      assertEquals(1, published.size());
      assertEquals("EC sig ES256 P-256", words(key));
      String token = mint(server);
      try (var restarted = server.sibling()) {
        assertEquals(published, keys(restarted).published());
        tokens(restarted).verify(token);
      }
    }
  }

  @Test
  void aKeyGetsASuccessorByAgeAndStaysPublishedAsLongAsItsTokensLive() {
    try (var server = TestServer.start(MovableClock.PROPERTY)) {
      MovableClock clock = server.bean(MovableClock.class);
      String first = keys(server).published().getFirst().getKid();
      clock.advance(DAY.multipliedBy(30).minusSeconds(1));
      keys(server).rotateWhenDue();
      assertEquals(List.of(first), kids(server));
      String old = mint(server);

      clock.advance(Duration.ofSeconds(1));
      keys(server).rotateWhenDue();
      String second = kids(server).getFirst();
      assertEquals(List.of(second, first), kids(server));
      tokens(server).verify(old);

      clock.advance(DAY.plusMinutes(2));
      assertEquals(List.of(second), kids(server));
      assertRefused(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, server, old);
    }
  }

  @Test
  void rotationByHandLetsOldTokensLiveUnlessTheyAreToBeRevoked() {
    try (var server = TestServer.start()) {
      String first = mint(server);
      String second = rotate(server, false).getKid();
      assertEquals(second, kids(server).getFirst());
      assertEquals(2, kids(server).size());
      tokens(server).verify(first);

      String third = rotate(server, true).getKid();
      assertEquals(List.of(third), kids(server));
      assertRefused(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, server, first);
      tokens(server).verify(mint(server));
    }
  }

  @Test
  void aSecondServerKnowsANewKeyAtOnceAndForgetsARevokedOneSoon() {
    try (var one = TestServer.start();
        var two = one.sibling("clawlive.identity.signing-key-refresh=300ms")) {
      String old = mint(one);
      tokens(two).verify(old);
      rotate(one, true);
      String recent = mint(one);
      tokens(two).verify(recent);
      Together.soon(
          "the revoked key is gone on the second server",
          Duration.ofSeconds(5),
          () -> expired(two, old));
      assertEquals(kids(one), kids(two));
    }
  }

  @Test
  void aFloodOfUnknownKeysIsOneLookASecond() {
    try (var one = TestServer.start("clawlive.identity.signing-key-refresh=1h");
        var two = one.sibling("clawlive.identity.signing-key-refresh=1h")) {
      keys(two).find("nobody's");
      rotate(one, false);
      String kid = kids(one).getFirst();
      long begun = System.nanoTime();
      int asked = 0;
      while (keys(two).find(kid).isEmpty()) {
        asked++;
        keys(two).find("nobody's " + asked);
      }
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      assertTrue(asked > 1_000, "many were refused out of memory: " + asked);
      assertTrue(millis < 5_000, "found when a second had passed: " + millis + " ms");
    }
  }

  @Test
  void serversThatRotateAtTheSameTimeAgreeOnOneKey() {
    try (var one = TestServer.start(MovableClock.PROPERTY);
        var two = one.sibling(MovableClock.PROPERTY)) {
      for (int round = 0; round < 5; round++) {
        one.bean(MovableClock.class).advance(DAY.multipliedBy(31));
        two.bean(MovableClock.class).follow(one.bean(MovableClock.class));
        Together.run(
            Stream.of(one, two, one, two)
                .map(server -> Executors.callable(() -> keys(server).rotateWhenDue()))
                .toList());
        assertEquals(round + 2, one.database().read("SELECT kid FROM signing_keys").size());
        tokens(two).verify(mint(one));
        tokens(one).verify(mint(two));
      }
      var made = Together.run(Collections.nCopies(6, () -> rotate(one, true).getKid()));
      assertTrue(made.contains(kids(one).getFirst()));
      assertEquals(1, kids(one).size());
    }
  }

  @Test
  void aRotationThatIsRolledBackLeavesEverythingAsItWas() {
    try (var server = TestServer.start(MovableClock.PROPERTY)) {
      List<String> before = kids(server);
      TransactionOperations<?> outer = server.bean(TransactionOperations.class);
      server.bean(MovableClock.class).advance(DAY.multipliedBy(31));
      assertThrows(
          IllegalStateException.class, () -> rolledBack(outer, () -> keys(server).rotateWhenDue()));
      assertEquals(before, kids(server));
      tokens(server).verify(mint(server));
    }
  }

  @Test
  void thePrivateKeyIsNeverPlainInTheDatabaseAndErasedWhenItRetires() throws ParseException {
    try (var server = TestServer.start()) {
      String kid = kids(server).getFirst();
      String sealed =
          server
              .database()
              .read("SELECT encode(private_key_sealed, 'hex') FROM signing_keys")
              .getFirst();
      byte[] opened =
          server.bean(SecretBox.class).open(HexFormat.of().parseHex(sealed), "signing_key " + kid);
      var secret = ECKey.parse(new String(opened, UTF_8)).getD();
      String dump =
          server.database().read("SELECT t::text FROM signing_keys t").getFirst()
              + new String(HexFormat.of().parseHex(sealed), UTF_8);
      for (String form :
          List.of(
              secret.toString(),
              HexFormat.of().formatHex(secret.decode()),
              HexFormat.of().formatHex(secret.toString().getBytes(UTF_8)),
              secret.decodeToBigInteger().toString())) {
        assertFalse(dump.toLowerCase(Locale.ROOT).contains(form.toLowerCase(Locale.ROOT)));
      }
      rotate(server, false);
      assertEquals(
          List.of("null"),
          server
              .database()
              .read("SELECT private_key_sealed FROM signing_keys WHERE retired_at IS NOT NULL"));
    }
  }

  @Test
  void aServerWithAnotherKeysetDoesNotStartOnTheDatabase(@TempDir Path home) {
    try (var server = TestServer.start()) {
      Path other = home.resolve("secret.keys");
      String told =
          String.valueOf(
              assertThrows(
                      NotUsableException.class,
                      () -> server.sibling("clawlive.secrets.file=" + other))
                  .getMessage());
      assertTrue(told.contains(other.toString()) && told.contains("CLAWLIVE_KEYSET"), told);
    }
  }

  private static <T> void rolledBack(TransactionOperations<T> outer, Runnable work) {
    outer.executeWrite(status -> {
      work.run();
      throw new IllegalStateException("the audit log took no entry");
    });
  }

  private static SigningKey rotate(TestServer server, boolean revokeOld) {
    return server
        .admin()
        .identity()
        .rotateSigningKey(RotateSigningKeyRequest.newBuilder().setRevokeOld(revokeOld).build())
        .getKey();
  }

  private static String words(SigningKey key) {
    assertNotEquals(key.getX(), key.getY());
    return String.join(" ", key.getKty(), key.getUse(), key.getAlg(), key.getCrv());
  }

  private static boolean expired(TestServer server, String token) {
    try {
      tokens(server).verify(token);
      return false;
    } catch (Refusal refusal) {
      return refusal.reason() == ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED;
    }
  }

  private static void assertRefused(ErrorReason reason, TestServer server, String token) {
    assertEquals(reason, assertThrows(Refusal.class, () -> tokens(server).verify(token)).reason());
  }

  private static List<String> kids(TestServer server) {
    return keys(server).published().stream().map(SigningKey::getKid).toList();
  }

  private static SigningKeys keys(TestServer server) {
    return server.bean(SigningKeys.class);
  }

  private static AccessTokens tokens(TestServer server) {
    return server.bean(AccessTokens.class);
  }

  private static String mint(TestServer server) {
    var now = server.bean(Clock.class).instant();
    return tokens(server).mint(UUID.randomUUID(), UUID.randomUUID(), now.plus(DAY));
  }
}
