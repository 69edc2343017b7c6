package io.clawlive.server.identity.logins;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.secrets.SecretBox;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Puts a new signing key in the place of the old one, in one transaction. Servers that do so at the
 * same time wait for each other at the old key's row, and all but the first find the work done.
 */
@Singleton
class SigningKeyRotation {
  /** The keys in the table are others than before. */
  record Rotated() {}

  private final SigningKeyRepository repository;
  private final SecretBox box;
  private final LoginsConfiguration settings;
  private final AuditLog audit;
  private final Clock clock;
  private final ApplicationEventPublisher<Rotated> events;

  SigningKeyRotation(
      SigningKeyRepository repository,
      SecretBox box,
      LoginsConfiguration settings,
      AuditLog audit,
      Clock clock,
      ApplicationEventPublisher<Rotated> events) {
    this.repository = repository;
    this.box = box;
    this.settings = settings;
    this.audit = audit;
    this.clock = clock;
    this.events = events;
  }

  /** Makes a key where none signs, or where the one that does is too old. */
  @Transactional
  void rotateWhenDue() {
    Instant due = clock.instant().minus(settings.signingKeyLifetime());
    if (repository.current().filter(key -> key.createdAt().isAfter(due)).isEmpty()) {
      audit.recordOwn("signing_key.rotate", "signing_key", replace(due), "");
    }
  }

  /** Makes a key now; with {@code revokeOld} no token of an older one is accepted any more. */
  @Transactional
  SigningKeyRow rotate(boolean revokeOld) {
    String kid = replace(clock.instant());
    audit.record("signing_key", kid, "", Map.of("revoke_old", Boolean.toString(revokeOld)));
    if (revokeOld) {
      repository.revokeRetired(clock.instant());
    }
    return repository.current().orElseThrow();
  }

  private String replace(Instant madeBefore) {
    ECKey key = generate();
    Instant now = clock.instant();
    repository.retire(madeBefore, now);
    repository.insert(
        key.getKeyID(),
        key.toPublicJWK().toJSONString(),
        box.seal(key.toJSONString().getBytes(StandardCharsets.UTF_8), context(key.getKeyID())),
        now);
    events.publishEvent(new Rotated());
    return key.getKeyID();
  }

  /** What a private key is sealed for. */
  static String context(String kid) {
    return "signing_key " + kid;
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .algorithm(JWSAlgorithm.ES256)
          .keyUse(KeyUse.SIGNATURE)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
