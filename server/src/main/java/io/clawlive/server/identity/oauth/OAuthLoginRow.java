package io.clawlive.server.identity.oauth;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login at a provider that has begun.
 *
 * @param accountId the account to link to; null for a login
 */
@MappedEntity("oauth_logins")
record OAuthLoginRow(
    @Id byte[] stateHash,
    String provider,
    String redirectUri,
    byte[] verifierSealed,
    byte[] loginTokenHash,
    @Nullable UUID accountId,
    Instant createdAt) {}
