package io.clawlive.server.webhooks;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param secret sealed
 * @param previousSecret sealed; works until {@code previousUntil}; empty when there is none
 */
@MappedEntity("webhooks")
record WebhookRow(
    @Id UUID id,
    UUID agentId,
    String name,
    byte[] secret,
    byte[] previousSecret,
    @Nullable Instant previousUntil,
    Instant createdAt,
    @Nullable Instant lastDeliveryAt) {

  /** Whether the secret before the last rotation works at this time. */
  boolean previousWorks(Instant now) {
    return previousUntil != null && now.isBefore(previousUntil);
  }
}
