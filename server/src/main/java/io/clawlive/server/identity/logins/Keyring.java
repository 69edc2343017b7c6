package io.clawlive.server.identity.logins;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import io.clawlive.server.platform.secrets.SecretBox;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signing keys as they stood in the table at one moment, ready for use. */
final class Keyring {
  /** A key that signs. Its private half is inside the signer and is never shown. */
  record Signing(String kid, JWSSigner signer) {}

  /**
   * A key that checks.
   *
   * @param endsAt from then on every token of it has expired
   */
  record Checking(ECKey publicKey, JWSVerifier verifier, Instant endsAt) {}

  private final Map<String, Checking> checking = new LinkedHashMap<>();
  private final Signing signing;

  private Keyring(Signing signing) {
    this.signing = signing;
  }

  /**
   * Reads the rows, of which the first one is the key that signs.
   *
   * @param lifetime how long a retired key's tokens live on
   */
  static Keyring of(List<SigningKeyRow> rows, SecretBox box, Duration lifetime) {
    try {
      Keyring keys = new Keyring(signing(rows.getFirst(), box));
      for (SigningKeyRow row : rows) {
        ECKey key = ECKey.parse(row.publicJwk());
        keys.checking.put(
            row.kid(), new Checking(key, new ECDSAVerifier(key), endOf(row, lifetime)));
      }
      return keys;
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("the table of signing keys cannot be read", e);
    }
  }

  private static Signing signing(SigningKeyRow row, SecretBox box)
      throws ParseException, JOSEException {
    byte[] opened = box.open(row.privateKeySealed(), SigningKeyRotation.context(row.kid()));
    return new Signing(
        row.kid(), new ECDSASigner(ECKey.parse(new String(opened, StandardCharsets.UTF_8))));
  }

  private static Instant endOf(SigningKeyRow row, Duration lifetime) {
    if (row.revokedAt() != null) {
      return row.revokedAt();
    }
    return row.retiredAt() == null ? Instant.MAX : row.retiredAt().plus(lifetime);
  }

  Signing signing() {
    return signing;
  }

  Optional<Checking> find(String kid) {
    return Optional.ofNullable(checking.get(kid));
  }

  /** The keys whose tokens may still live, the one that signs first. */
  List<ECKey> published(Instant now) {
    return checking.values().stream()
        .filter(key -> key.endsAt().isAfter(now))
        .map(Checking::publicKey)
        .toList();
  }
}
