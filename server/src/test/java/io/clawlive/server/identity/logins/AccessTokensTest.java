package io.clawlive.server.identity.logins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.logins.AccessTokens.Claims;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which access tokens are accepted, and above all which are not. */
final class AccessTokensTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);

  private static final AccessTokens tokens = server.bean(AccessTokens.class);
  private static final Keyring.Signing ours = server.bean(SigningKeys.class).signing();
  private static final UUID ACCOUNT = UUID.randomUUID();
  private static final UUID LOGIN = UUID.randomUUID();

  @Test
  void aTokenSaysWhoCallsByWhichLoginAndUntilWhen() {
    Instant end = Instant.ofEpochSecond(now().plus(Duration.ofHours(24)).getEpochSecond());
    assertEquals(
        new Claims(ACCOUNT, LOGIN, end, ours.kid()),
        tokens.verify(tokens.mint(ACCOUNT, LOGIN, end.plusMillis(999))));
  }

  @Test
  void aTokenCarriesTheClaimsOfAnAccessTokenAndNoMore() {
    String[] parts = mint().split("\\.");
    assertEquals(
        "{\"kid\":\"%s\",\"typ\":\"at+jwt\",\"alg\":\"ES256\"}".formatted(ours.kid()),
        text(parts[0]));
    assertTrue(text(parts[1]).contains("\"iss\":\"clawlive\""), text(parts[1]));
    assertTrue(text(parts[1]).contains("\"aud\":\"clawlive\""), text(parts[1]));
    assertEquals(7, text(parts[1]).split(",").length, text(parts[1]));
    assertFalse(mint().equals(mint()), "each has an id of its own");
  }

  @Test
  void aTokenEndsWithItsTimeToTheSecond() {
    MovableClock clock = server.bean(MovableClock.class);
    Instant end = Instant.ofEpochSecond(now().getEpochSecond() + 60);
    String token = tokens.mint(ACCOUNT, LOGIN, end);
    clock.advance(Duration.between(now(), end).minusMillis(1));
    tokens.verify(token);
    clock.advance(Duration.ofMillis(1));
    assertRefused(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, token);
  }

  @Test
  void anExpiredTokenThatIsForgedIsNotCalledExpired() {
    String token = tokens.mint(ACCOUNT, LOGIN, now().minusSeconds(10));
    assertRefused(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, token);
    String[] parts = token.split("\\.");
    assertInvalid(parts[0] + "." + parts[1] + "." + encode("x".repeat(64)));
  }

  @Test
  void oursSignedByHandPassesSoTheCasesBelowFailForTheirOwnReasonOnly() {
    tokens.verify(signed(header(""), claims("")));
    tokens.verify(signed(header(""), claims("iat", Long.toString(seconds() + 29))));
  }

  @Test
  void aWrongHeaderIsRefusedThoughTheSignatureIsRight() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    String jwk = key.toPublicJWK().toJSONString();
    for (String header :
        List.of(
            header("").replace("at+jwt", "JWT"),
            header("").replace("\"typ\":\"at+jwt\",", ""),
            header("").replace("ES256", "ES384"),
            header("").replace("ES256", "none"),
            header("").replace("ES256", "HS256"),
            header("").replace(",\"alg\":\"ES256\"", ""),
            header("").replace(ours.kid(), "other"),
            header("").replace("\"" + ours.kid() + "\"", "null"),
            header("").replace("\"" + ours.kid() + "\"", "[\"" + ours.kid() + "\"]"),
            header(",\"jwk\":" + jwk),
            header(",\"jku\":\"https://example.com/keys\""),
            header(",\"x5u\":\"https://example.com/chain\""),
            header(",\"x5c\":[\"AAAA\"]"),
            header(",\"crit\":[\"exp\"]"),
            header(",\"crit\":[\"b64\"],\"b64\":false"),
            header(",\"alg\":\"ES256\""),
            header(",\"x\":1"))) {
      assertInvalid(signed(header, claims("")));
    }
  }

  @Test
  void wrongClaimsAreRefusedThoughTheSignatureIsRight() {
    for (String claims :
        List.of(
            claims("iss", "\"other\""),
            claims("iss", "null"),
            claims("aud", "\"other\""),
            claims("aud", "[\"clawlive\",\"other\"]"),
            claims("aud", "null"),
            claims("sub", "\"somebody\""),
            claims("sub", "7"),
            claims("sub", "null"),
            claims("sid", "null"),
            claims("sid", "{}"),
            claims("exp", "null"),
            claims("exp", "\"tomorrow\""),
            claims("iat", "null"),
            claims("iat", Long.toString(seconds() + 31)),
            claims(",\"sub\":\"" + UUID.randomUUID() + "\""),
            claims(",\"exp\":99999999999"),
            "[]",
            "null",
            "\"text\"",
            "",
            "{",
            "{}".repeat(2))) {
      assertInvalid(signed(header(""), claims));
    }
  }

  @Test
  void aSignatureOfAnyOtherKeyIsRefused() throws JOSEException {
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID(ours.kid()).generate();
    assertInvalid(signed(header(""), claims(""), new ECDSASigner(foreign)));

    // The public key, which everybody has, as the secret of a MAC.
    var published = server.bean(SigningKeys.class).published().getFirst();
    for (String secret : List.of(published.getX() + published.getY(), published.toString())) {
      String header = header("").replace("ES256", "HS256");
      var mac = new MACSigner(secret.getBytes(UTF_8));
      assertInvalid(
          sign(new JWSHeader(JWSAlgorithm.HS256), mac, encode(header), encode(claims(""))));
    }
  }

  @Test
  void aTokenOfAnotherServerIsRefused() {
    try (var other = TestServer.start()) {
      assertInvalid(other.bean(AccessTokens.class).mint(ACCOUNT, LOGIN, now().plusSeconds(3_600)));
    }
  }

  @Test
  void aTamperedTokenIsRefused() {
    String[] parts = mint().split("\\.");
    String otherClaims = encode(claims("sub", "\"" + UUID.randomUUID() + "\""));
    for (String token :
        List.of(
            parts[0] + "." + otherClaims + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2] + ".." + parts[2],
            parts[0] + ".." + parts[2],
            encode(header("").replace("ES256", "none")) + "." + parts[1] + ".",
            // Zero for both numbers of the signature, which careless checks accept.
            parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]),
            parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[63]))) {
      assertInvalid(token);
    }
  }

  @Test
  void garbageIsRefusedAndSoIsWhatIsTooLong() {
    for (String token :
        List.of(
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            "\u0000",
            "%%%.###.!!!",
            "é.é.é",
            "cl_00000000_" + "0".repeat(32),
            mint() + "A".repeat(4 << 10),
            "A".repeat(1 << 20),
            ".".repeat(1 << 20),
            encode("{".repeat(1_000)) + ".a.a",
            encode("{\"kid\":" + "[".repeat(900)) + ".a.a")) {
      assertInvalid(token);
    }
  }

  @Test
  void whateverLetterIsChangedOnlyTheWholeTokenPasses() {
    var random = new Random(7);
    String token = mint();
    Claims whole = tokens.verify(token);
    for (int i = 0; i < 500; i++) {
      var changed = new StringBuilder(token);
      int at = random.nextInt(token.length());
      char letter = (char) (random.nextInt(95) + 32);
      if (token.charAt(at) == letter) {
        continue;
      }
      changed.setCharAt(at, letter);
      try {
        // The last letter of a part may hold bits that mean nothing; then it says the same.
        assertEquals(whole, tokens.verify(changed.toString()));
        assertTrue(at == token.length() - 1, changed.toString());
      } catch (Refusal refusal) {
        assertEquals(ErrorReason.ERROR_REASON_CREDENTIAL_INVALID, refusal.reason());
      }
    }
  }

  @Test
  void lettersOfAnotherBase64AreNoToken() {
    String token = mint();
    while (token.indexOf('-') < 0 || token.indexOf('_') < 0) {
      token = mint();
    }
    assertInvalid(token.replace('-', '+'));
    assertInvalid(token.replace('_', '/'));
  }

  @Test
  void everyCauseGivesTheSameSentenceAndNothingSecretIsPrinted() {
    var told = new ArrayList<String>();
    for (String token : List.of("", "a.b.c", signed(header(""), claims("iss", "\"other\"")))) {
      told.add(assertThrows(Refusal.class, () -> tokens.verify(token)).getMessage());
    }
    assertEquals(1, told.stream().distinct().count(), told::toString);
    String printed = ours + " " + server.bean(SigningKeys.class) + " " + tokens;
    assertFalse(printed.contains("\"d\""), printed);
  }

  private static Instant now() {
    return server.bean(Clock.class).instant();
  }

  private static long seconds() {
    return now().getEpochSecond();
  }

  private static String mint() {
    return tokens.mint(ACCOUNT, LOGIN, now().plus(Duration.ofHours(1)));
  }

  private static String header(String more) {
    return "{\"typ\":\"at+jwt\",\"kid\":\"" + ours.kid() + "\",\"alg\":\"ES256\"" + more + "}";
  }

  private static String claims(String more) {
    long now = seconds();
    return ("{\"iss\":\"clawlive\",\"aud\":\"clawlive\",\"sub\":\"%s\",\"sid\":\"%s\",\"iat\":%d,"
            + "\"exp\":%d,\"jti\":\"1\"%s}")
        .formatted(ACCOUNT, LOGIN, now, now + 3_600, more);
  }

  /** Good claims with another value for one of them. */
  private static String claims(String name, String value) {
    return claims("").replaceFirst("\"" + name + "\":[^,}]*", "\"" + name + "\":" + value);
  }

  /** A token with our own signature over whatever is given. */
  private static String signed(String header, String claims) {
    return signed(header, claims, ours.signer());
  }

  private static String signed(String header, String claims, JWSSigner signer) {
    var algorithm =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).build();
    return sign(algorithm, signer, encode(header), encode(claims));
  }

  private static String sign(JWSHeader by, JWSSigner signer, String header, String claims) {
    try {
      String input = header + "." + claims;
      return input + "." + signer.sign(by, input.getBytes(UTF_8));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return Base64URL.encode(text).toString();
  }

  private static String text(String part) {
    return new Base64URL(part).decodeToString();
  }

  private static void assertInvalid(String token) {
    assertRefused(ErrorReason.ERROR_REASON_CREDENTIAL_INVALID, token);
  }

  private static void assertRefused(ErrorReason reason, String token) {
    assertEquals(reason, assertThrows(Refusal.class, () -> tokens.verify(token), token).reason());
  }
}
