package io.clawlive.server.sandbox.secrets;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SecretRepository extends GenericRepository<SecretRow, UUID> {
  String OF_SCOPE =
      "WHERE account_id = :accountId AND agent_id IS NOT DISTINCT FROM CAST(:agentId AS uuid) ";

  /** Makes changes of one account's secrets wait for each other. */
  @Query("SELECT id FROM accounts WHERE id = :accountId FOR UPDATE")
  UUID lock(UUID accountId);

  @Query("SELECT * FROM sandbox_secrets " + OF_SCOPE + "ORDER BY name")
  List<SecretRow> list(UUID accountId, @Nullable UUID agentId);

  @Query("SELECT * FROM sandbox_secrets " + OF_SCOPE + "AND name = :name")
  Optional<SecretRow> find(UUID accountId, @Nullable UUID agentId, String name);

  @Query(
      """
      INSERT INTO sandbox_secrets
        (id, account_id, agent_id, name, file_name, sealed, created_at, updated_at)
      VALUES (:id, :accountId, :agentId, :name, :fileName, :sealed, :createdAt, :updatedAt)
      ON CONFLICT (id) DO UPDATE
      SET file_name = :fileName, sealed = :sealed, updated_at = :updatedAt
      """)
  void put(
      UUID id,
      UUID accountId,
      @Nullable UUID agentId,
      String name,
      @Nullable String fileName,
      byte[] sealed,
      Instant createdAt,
      Instant updatedAt);

  @Query("DELETE FROM sandbox_secrets WHERE id = :id")
  int delete(UUID id);
}
