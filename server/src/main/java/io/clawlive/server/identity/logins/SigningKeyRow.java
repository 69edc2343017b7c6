package io.clawlive.server.identity.logins;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key.
 *
 * @param privateKeySealed empty when the key no longer signs
 */
@MappedEntity("signing_keys")
record SigningKeyRow(
    @Id String kid,
    String publicJwk,
    byte[] privateKeySealed,
    Instant createdAt,
    @Nullable Instant retiredAt,
    @Nullable Instant revokedAt) {}
