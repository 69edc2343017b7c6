package io.clawlive.server.identity.oauth;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("oauth_links")
record OAuthLinkRow(
    @Id UUID id,
    String provider,
    String subject,
    String login,
    UUID accountId,
    Instant linkedAt) {}
