package io.clawlive.server.sandbox.snapshots;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SnapshotRepository extends GenericRepository<SnapshotRepository.SnapshotRow, UUID> {

  /** A snapshot: content is the contract's Snapshot. */
  @MappedEntity("sandbox_snapshots")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record SnapshotRow(@Id UUID id, UUID installation, byte[] content) {}

  /** Whom a snapshot belongs to. */
  @Introspected
  record OwnerRow(UUID accountId, @Nullable UUID agentId) {}

  @Query(
      """
      INSERT INTO sandbox_snapshots (id, account_id, agent_id, creator_id, request_id, sandbox_id,
        installation, state, alive_at, content)
      VALUES (:id, :accountId, :agentId, :creatorId, :requestId, :sandboxId, :installation, 1,
        now(), :content)
      ON CONFLICT (creator_id, request_id) DO NOTHING
      """)
  int insert(
      UUID id,
      UUID accountId,
      @Nullable UUID agentId,
      UUID creatorId,
      @Nullable String requestId,
      UUID sandboxId,
      UUID installation,
      byte[] content);

  /** Whoever makes it says how it is. Zero when it was given up meanwhile. */
  @Query(
      """
      UPDATE sandbox_snapshots SET state = :state, alive_at = now(), content = :content
      WHERE id = :id AND state = 1
      """)
  int update(UUID id, short state, byte[] content);

  @Query("SELECT id, installation, content FROM sandbox_snapshots WHERE id = :id")
  Optional<SnapshotRow> findById(UUID id);

  @Query(
      "SELECT id FROM sandbox_snapshots WHERE creator_id = :creatorId AND request_id = :requestId")
  Optional<UUID> findByRequest(UUID creatorId, String requestId);

  @Query("SELECT account_id, agent_id FROM sandbox_snapshots WHERE id = :id")
  Optional<OwnerRow> owner(UUID id);

  @Query("SELECT count(*) FROM sandbox_snapshots WHERE account_id = :account")
  long count(UUID account);

  /** Whether somebody is known to be copying files of a sandbox. */
  @Query(
      """
      SELECT EXISTS (SELECT 1 FROM sandbox_snapshots
        WHERE sandbox_id = :sandbox AND state = 1 AND alive_at > now() - interval '10 seconds')
      """)
  boolean isCopying(UUID sandbox);

  /** Those whose maker gave no sign of life for a while. */
  @Query(
      """
      SELECT id, installation, content FROM sandbox_snapshots
      WHERE installation = :installation AND state = 1
        AND alive_at <= now() - interval '10 seconds'
      """)
  List<SnapshotRow> abandoned(UUID installation);

  /** Everything of an installation. */
  @Query("SELECT id FROM sandbox_snapshots WHERE installation = :installation")
  List<UUID> present(UUID installation);

  /** Snapshots, the newest first. */
  @Query(
      """
      SELECT id, installation, content FROM sandbox_snapshots
      WHERE (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid))
        AND account_id = :account
        AND (CAST(:agent AS uuid) IS NULL OR agent_id = CAST(:agent AS uuid))
        AND (CAST(:sandbox AS uuid) IS NULL OR sandbox_id = CAST(:sandbox AS uuid))
      ORDER BY id DESC LIMIT :limit
      """)
  List<SnapshotRow> page(
      @Nullable UUID before, UUID account, @Nullable UUID agent, @Nullable UUID sandbox, int limit);

  @Query("DELETE FROM sandbox_snapshots WHERE id = :id")
  int delete(UUID id);
}
