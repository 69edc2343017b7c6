package io.clawlive.server.identity.logins;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.clawlive.server.identity.Credentials;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks access tokens: a JWT that says which account calls by which login, and until
 * when. A token is good when its signature is; whether its login was ended meanwhile is the
 * caller's question.
 */
@Singleton
public final class AccessTokens {
  /** Ours have about 500 characters. */
  private static final int MOST_CHARACTERS = 4 << 10;

  /** RFC 7515, section 7.1. The library reads the letters of plain Base64 too; we do not. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** How far another server's clock may be ahead. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
  private static final String LOGIN = "sid";

  private final SigningKeys keys;
  private final LoginsConfiguration settings;
  private final Clock clock;

  /** What a token says. */
  public record Claims(UUID accountId, UUID loginId, Instant expiresAt, String signedBy) {}

  AccessTokens(SigningKeys keys, LoginsConfiguration settings, Clock clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A token of a login.
   *
   * @param expiresAt at most the configured lifetime from now; cut to whole seconds
   */
  public String mint(UUID accountId, UUID loginId, Instant expiresAt) {
    Keyring.Signing key = keys.signing();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuer())
            .audience(settings.audience())
            .subject(accountId.toString())
            .claim(LOGIN, loginId.toString())
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(expiresAt))
            .jwtID(UUID.randomUUID().toString())
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.kid()).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(key.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /**
   * What a token says, when it is ours and lives.
   *
   * @throws Refusal CREDENTIAL_EXPIRED when only its time, or that of its key, is over;
   *     CREDENTIAL_INVALID for everything else, without saying what
   */
  public Claims verify(String token) {
    if (token.length() > MOST_CHARACTERS || !COMPACT.matcher(token).matches()) {
      throw Credentials.invalid();
    }
    try {
      JWSObject signed = JWSObject.parse(token);
      JWSHeader header = signed.getHeader();
      // Nothing but these three: no key brought along, no address to fetch one from, nothing
      // critical.
      if (!HEADER.equals(header.getIncludedParams())
          || !JWSAlgorithm.ES256.equals(header.getAlgorithm())
          || !TYPE.equals(header.getType())) {
        throw Credentials.invalid();
      }
      Keyring.Checking key = keys.find(header.getKeyID()).orElseThrow(Credentials::invalid);
      if (!signed.verify(key.verifier())) {
        throw Credentials.invalid();
      }
      return claims(signed.getPayload().toJSONObject(), key);
    } catch (ParseException | JOSEException e) {
      throw Credentials.invalid();
    }
  }

  /** True while the tokens of a key are accepted. */
  boolean holds(String kid) {
    return keys.find(kid).filter(key -> key.endsAt().isAfter(clock.instant())).isPresent();
  }

  private Claims claims(@Nullable Map<String, Object> payload, Keyring.Checking key)
      throws ParseException {
    if (payload == null) {
      throw Credentials.invalid();
    }
    JWTClaimsSet claims = JWTClaimsSet.parse(payload);
    Instant now = clock.instant();
    Instant issuedAt = time(claims.getIssueTime());
    Instant expiresAt = time(claims.getExpirationTime());
    if (!settings.issuer().equals(claims.getIssuer())
        || !List.of(settings.audience()).equals(claims.getAudience())
        || issuedAt.isAfter(now.plus(SKEW))) {
      throw Credentials.invalid();
    }
    var read =
        new Claims(
            id(claims.getSubject()),
            id(claims.getStringClaim(LOGIN)),
            expiresAt,
            key.publicKey().getKeyID());
    if (!expiresAt.isAfter(now) || !key.endsAt().isAfter(now)) {
      throw Credentials.expired();
    }
    return read;
  }

  private static Instant time(@Nullable Date claim) {
    if (claim == null) {
      throw Credentials.invalid();
    }
    return claim.toInstant();
  }

  private static UUID id(@Nullable String claim) {
    if (claim == null) {
      throw Credentials.invalid();
    }
    return Ids.parse(claim).orElseThrow(Credentials::invalid);
  }
}
