package io.clawlive.server.sandbox;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
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
interface SandboxRepository extends GenericRepository<SandboxRepository.SandboxRow, UUID> {

  /** A sandbox: content is the contract's Sandbox. */
  @MappedEntity("sandboxes")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record SandboxRow(
      @Id UUID id, byte[] content, UUID installation, boolean wanted, boolean leaseWarned) {}

  /** Whom a sandbox belongs to. */
  @Introspected
  record OwnerRow(UUID accountId, @Nullable UUID agentId) {}

  @Query(
      """
      INSERT INTO sandboxes (id, account_id, agent_id, creator_id, request_id, name, installation,
        state, wanted, host_port, lease_warned, content)
      VALUES (:id, :accountId, :agentId, :creatorId, :requestId, :name, :installation, :state,
        :wanted, :hostPort, false, :content)
      """)
  void insert(
      UUID id,
      UUID accountId,
      @Nullable UUID agentId,
      UUID creatorId,
      @Nullable String requestId,
      String name,
      UUID installation,
      short state,
      boolean wanted,
      @Nullable Integer hostPort,
      byte[] content);

  @Query(
      """
      UPDATE sandboxes SET state = :state, wanted = :wanted, host_port = :hostPort,
        lease_ends_at = :leaseEndsAt, lease_warned = :leaseWarned, content = :content
      WHERE id = :id
      """)
  void update(
      UUID id,
      short state,
      boolean wanted,
      @Nullable Integer hostPort,
      @Nullable Instant leaseEndsAt,
      boolean leaseWarned,
      byte[] content);

  @Query("SELECT id, content, installation, wanted, lease_warned FROM sandboxes WHERE id = :id")
  Optional<SandboxRow> findById(UUID id);

  @Query("SELECT account_id, agent_id FROM sandboxes WHERE id = :id")
  Optional<OwnerRow> owner(UUID id);

  @Query("SELECT id FROM sandboxes WHERE creator_id = :creatorId AND request_id = :requestId")
  Optional<UUID> findByRequest(UUID creatorId, String requestId);

  /** The sandbox that an agent, or an account alone, calls so. */
  @Query(
      """
      SELECT id FROM sandboxes
      WHERE coalesce(agent_id, account_id) = :owner AND name = :name AND state <> 7
      """)
  Optional<UUID> findByName(UUID owner, String name);

  @Query("SELECT count(*) FROM sandboxes WHERE account_id = :account AND state <> 7")
  long count(UUID account);

  /** A port of the host that no sandbox has; any of them, so that two who ask rarely meet. */
  @Query(
      """
      SELECT p FROM generate_series(30000, 35000) AS p
      WHERE NOT EXISTS (SELECT 1 FROM sandboxes s WHERE s.host_port = p AND s.state <> 7)
      ORDER BY random() LIMIT 1
      """)
  Optional<Integer> freePort();

  /** Sandboxes, the newest first. */
  @Query(
      """
      SELECT id, content, installation, wanted, lease_warned FROM sandboxes
      WHERE (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid))
        AND (CAST(:account AS uuid) IS NULL OR account_id = CAST(:account AS uuid))
        AND (CAST(:agent AS uuid) IS NULL OR agent_id = CAST(:agent AS uuid))
        AND (CASE WHEN :state = 0 THEN state <> 7 ELSE state = :state END)
      ORDER BY id DESC LIMIT :limit
      """)
  List<SandboxRow> page(
      @Nullable UUID before, @Nullable UUID account, @Nullable UUID agent, int state, int limit);

  /** What an installation has that is under way or runs. */
  @Query(
      """
      SELECT id, content, installation, wanted, lease_warned FROM sandboxes
      WHERE installation = :installation AND state IN (1, 3, 4, 5, 6)
      """)
  List<SandboxRow> busy(UUID installation);

  /** Those of an installation that are not deleted. */
  @Query("SELECT id FROM sandboxes WHERE installation = :installation AND state <> 7")
  List<UUID> present(UUID installation);

  /** What an installation has, by state; those that run with their spec. */
  @Query(
      """
      SELECT id, content, installation, wanted, lease_warned FROM sandboxes
      WHERE installation = :installation AND state <> 7
      """)
  List<SandboxRow> all(UUID installation);
}
