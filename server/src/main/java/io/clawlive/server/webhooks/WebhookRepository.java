package io.clawlive.server.webhooks;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface WebhookRepository extends GenericRepository<WebhookRow, UUID> {
  String SELECT =
      """
      SELECT id, agent_id, name, secret, coalesce(previous_secret, '') AS previous_secret,
        previous_until, created_at, last_delivery_at
      FROM webhooks
      """;

  /** Makes changes of one agent's webhooks wait for each other. */
  @Query("SELECT id FROM agents WHERE id = :agentId FOR UPDATE")
  UUID lock(UUID agentId);

  @Query(
      """
      INSERT INTO webhooks (id, agent_id, name, secret, created_at)
      VALUES (:id, :agentId, :name, :secret, :createdAt)
      ON CONFLICT (agent_id, name) DO NOTHING
      """)
  int insert(UUID id, UUID agentId, String name, byte[] secret, Instant createdAt);

  @Query(SELECT + "WHERE agent_id = :agentId ORDER BY name")
  List<WebhookRow> list(UUID agentId);

  @Query(SELECT + "WHERE agent_id = :agentId AND id = :id")
  Optional<WebhookRow> findById(UUID agentId, UUID id);

  @Query(SELECT + "WHERE agent_id = :agentId AND name = :name")
  Optional<WebhookRow> findByName(UUID agentId, String name);

  /** The secret that works now becomes the one before. */
  @Query(
      """
      UPDATE webhooks SET previous_secret = secret, previous_until = :until, secret = :secret
      WHERE id = :id
      """)
  void rotate(UUID id, byte[] secret, Instant until);

  @Query("DELETE FROM webhooks WHERE id = :id")
  int delete(UUID id);

  /** Notes a delivery, unless one was noted since then. */
  @Query(
      """
      UPDATE webhooks SET last_delivery_at = :now
      WHERE id = :id AND (last_delivery_at IS NULL OR last_delivery_at < :notedBefore)
      """)
  void delivered(UUID id, Instant now, Instant notedBefore);

  /** Drops the secrets that no longer work. */
  @Query(
      """
      UPDATE webhooks SET previous_secret = NULL, previous_until = NULL
      WHERE previous_until <= :now
      """)
  void forgetPrevious(Instant now);
}
