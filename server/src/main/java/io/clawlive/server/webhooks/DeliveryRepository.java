package io.clawlive.server.webhooks;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface DeliveryRepository extends GenericRepository<DeliveryRepository.DeliveryRow, String> {

  /** A delivery's id and the hash of the body that came first under it. */
  @MappedEntity("webhook_deliveries")
  record DeliveryRow(@Id String deliveryKey, byte[] bodyHash) {}

  /** Claims an id for a body; 0 when it is taken. */
  @Query(
      """
      INSERT INTO webhook_deliveries (webhook_id, delivery_key, body_hash, received_at)
      VALUES (:webhookId, :key, :bodyHash, :now)
      ON CONFLICT (webhook_id, delivery_key) DO NOTHING
      """)
  int claim(UUID webhookId, String key, byte[] bodyHash, Instant now);

  @Query(
      """
      SELECT delivery_key, body_hash FROM webhook_deliveries
      WHERE webhook_id = :webhookId AND delivery_key = :key
      """)
  Optional<DeliveryRow> find(UUID webhookId, String key);

  /** Gives an id back whose body was not stored. */
  @Query("DELETE FROM webhook_deliveries WHERE webhook_id = :webhookId AND delivery_key = :key")
  void release(UUID webhookId, String key);

  @Query("DELETE FROM webhook_deliveries WHERE received_at < :before")
  void forget(Instant before);
}
