package io.clawlive.server.identity.keys;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApiKeyRepository extends GenericRepository<ApiKeyRepository.KeyRow, UUID> {

  /** A key with the account it speaks for. */
  @MappedEntity("api_keys")
  record KeyRow(
      @Id UUID id,
      String prefix,
      byte[] keyHash,
      String label,
      String scope,
      UUID accountId,
      String accountName,
      String role,
      @Nullable Instant disabledAt,
      @Nullable UUID agentId,
      @Nullable String agentHandle,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  String SELECT =
      """
      SELECT k.*, a.name AS account_name, a.role, a.disabled_at, g.handle AS agent_handle
      FROM api_keys k JOIN accounts a ON a.id = k.account_id
        LEFT JOIN agents g ON g.id = k.agent_id
      """;

  @Query(SELECT + "WHERE k.prefix = :prefix")
  Optional<KeyRow> findByPrefix(String prefix);

  @Query(SELECT + "WHERE k.id = :id")
  Optional<KeyRow> findById(UUID id);

  @Query(SELECT + "WHERE k.id = ANY (:ids) AND k.revoked_at IS NULL AND a.disabled_at IS NULL")
  List<KeyRow> holding(@TypeDef(type = DataType.OBJECT) UUID[] ids);

  @Query(
      SELECT
          + """
          WHERE k.account_id = :accountId
            AND (CAST(:before AS uuid) IS NULL OR k.id < :before)
            AND (:all OR (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > :now)))
          ORDER BY k.id DESC LIMIT :limit
          """)
  List<KeyRow> page(UUID accountId, @Nullable UUID before, boolean all, Instant now, int limit);

  @Query(
      """
      SELECT count(*) FROM api_keys
      WHERE account_id = :accountId AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > :now)
      """)
  long countWorking(UUID accountId, Instant now);

  @Query(
      """
      INSERT INTO api_keys
        (id, prefix, key_hash, account_id, agent_id, label, scope, created_at, expires_at)
      VALUES
        (:id, :prefix, :keyHash, :accountId, :agentId, :label, :scope, :createdAt, :expiresAt)
      """)
  void insert(
      UUID id,
      String prefix,
      byte[] keyHash,
      UUID accountId,
      @Nullable UUID agentId,
      String label,
      String scope,
      Instant createdAt,
      @Nullable Instant expiresAt);

  @Query("UPDATE api_keys SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL")
  int revoke(UUID id, Instant at);

  @Query(
      """
      UPDATE api_keys SET revoked_at = :at
      WHERE account_id = :accountId AND agent_id IS NULL AND revoked_at IS NULL
      """)
  void revokeAccountKeys(UUID accountId, Instant at);
}
