package io.clawlive.server.identity;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApiKeyRepository extends GenericRepository<AccountRow, UUID> {

  /** A key that is not revoked, with the account it speaks for. */
  @Introspected
  record ApiKeyRow(
      byte[] keyHash,
      UUID accountId,
      String accountName,
      String role,
      @Nullable UUID agentId,
      @Nullable String agentHandle) {}

  @Query(
      """
      SELECT k.key_hash, k.account_id, a.name AS account_name, a.role, k.agent_id,
        g.handle AS agent_handle
      FROM api_keys k JOIN accounts a ON a.id = k.account_id
        LEFT JOIN agents g ON g.id = k.agent_id
      WHERE k.prefix = :prefix AND k.revoked_at IS NULL
      """)
  Optional<ApiKeyRow> find(String prefix);

  @Query(
      """
      INSERT INTO api_keys (id, prefix, key_hash, account_id, agent_id, created_at)
      VALUES (:id, :prefix, :keyHash, :accountId, :agentId, :createdAt)
      """)
  void insert(
      UUID id,
      String prefix,
      byte[] keyHash,
      UUID accountId,
      @Nullable UUID agentId,
      Instant createdAt);

  @Query(
      """
      UPDATE api_keys SET revoked_at = :revokedAt
      WHERE account_id = :accountId AND agent_id IS NULL AND revoked_at IS NULL
      """)
  void revokeAccountKeys(UUID accountId, Instant revokedAt);

  @Query("SELECT * FROM accounts WHERE name = :name")
  Optional<AccountRow> findAccount(String name);

  @Query(
      """
      INSERT INTO accounts (id, name, role, created_at) VALUES (:id, :name, :role, :createdAt)
      ON CONFLICT (name) DO NOTHING
      """)
  void insertAccount(UUID id, String name, String role, Instant createdAt);
}
