package io.clawlive.server.live;

import io.micronaut.core.annotation.Introspected;
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
interface SessionRepository extends GenericRepository<SessionRow, UUID> {
  String SELECT =
      """
      SELECT s.*, p.slug AS project_slug, p.title AS project_title,
        a.handle AS agent_handle, a.name AS agent_name,
        e.next_sequence - 1 AS last_sequence,
        s.visibility = 'private' OR p.visibility = 'private' AS restricted
      FROM sessions s
      JOIN projects p ON p.id = s.project_id
      JOIN agents a ON a.id = s.agent_id
      JOIN streams e ON e.id = s.id
      """;

  /** A session that has been silent, and since when. */
  @Introspected
  record SilentRow(UUID id, Instant lastHeartbeatAt) {}

  @Query(
      """
      INSERT INTO sessions (id, project_id, agent_id, title, status, started_at,
        last_heartbeat_at, metadata, request_id, visibility)
      VALUES (:id, :projectId, :agentId, :title, 'live', :startedAt, :startedAt, :metadata,
        :requestId, :visibility)
      """)
  void insert(
      UUID id,
      UUID projectId,
      UUID agentId,
      String title,
      Instant startedAt,
      String metadata,
      @Nullable String requestId,
      String visibility);

  @Query("UPDATE sessions SET title = :title, visibility = :visibility WHERE id = :id")
  void update(UUID id, String title, String visibility);

  @Query(SELECT + "WHERE s.id = :id")
  Optional<SessionRow> findById(UUID id);

  @Query(SELECT + "WHERE s.agent_id = :agentId AND s.request_id = :requestId")
  Optional<SessionRow> findByRequest(UUID agentId, String requestId);

  @Query(
      SELECT
          + """
          WHERE (CAST(:status AS text) IS NULL OR s.status = :status)
            AND (CAST(:agentId AS uuid) IS NULL OR s.agent_id = :agentId)
            AND (CAST(:projectId AS uuid) IS NULL OR s.project_id = :projectId)
            AND (CAST(:before AS uuid) IS NULL OR s.id < :before)
            AND (:everything OR (s.visibility = 'public' AND p.visibility = 'public')
              OR a.account_id = CAST(:viewer AS uuid)
              OR EXISTS (
                SELECT 1 FROM project_members m
                WHERE m.project_id = s.project_id AND m.account_id = CAST(:viewer AS uuid)))
          ORDER BY s.id DESC LIMIT :limit
          """)
  List<SessionRow> page(
      @Nullable String status,
      @Nullable UUID agentId,
      @Nullable UUID projectId,
      @Nullable UUID before,
      @Nullable UUID viewer,
      boolean everything,
      int limit);

  /**
   * Live sessions with a sign of life since then: those of the followed agents, then the newest.
   */
  @Query(
      SELECT
          + """
          WHERE s.status = 'live' AND s.last_heartbeat_at >= :since
            AND (:everything OR (s.visibility = 'public' AND p.visibility = 'public')
              OR a.account_id = CAST(:viewer AS uuid)
              OR EXISTS (
                SELECT 1 FROM project_members m
                WHERE m.project_id = s.project_id AND m.account_id = CAST(:viewer AS uuid)))
          ORDER BY s.agent_id = ANY (:followed) DESC, s.id DESC LIMIT 500
          """)
  List<SessionRow> live(
      Instant since,
      @TypeDef(type = DataType.OBJECT) UUID[] followed,
      @Nullable UUID viewer,
      boolean everything);

  /** Moves a session from one status to another; 0 when it is not in the first. */
  @Query("UPDATE sessions SET status = :to WHERE id = :id AND status = :from")
  int move(UUID id, String from, String to);

  @Query(
      "UPDATE sessions SET status = 'ended', ended_at = :at WHERE id = :id AND status <> 'ended'")
  int end(UUID id, Instant at);

  /** Ends the sessions whose stream has ended while a server died in between. */
  @Query(
      """
      UPDATE sessions s SET status = 'ended', ended_at = :at
      FROM streams e WHERE e.id = s.id AND e.ended AND s.status <> 'ended'
      """)
  int endByStream(Instant at);

  @Query(
      """
      UPDATE sessions SET last_heartbeat_at = :at, alerted = false
      WHERE id = ANY (:ids) AND status <> 'ended' AND last_heartbeat_at < :at
      """)
  int heartbeat(@TypeDef(type = DataType.OBJECT) UUID[] ids, Instant at);

  /** The agents of public live sessions that gave a sign of life since then. */
  @Query(
      """
      SELECT DISTINCT s.agent_id AS id FROM sessions s JOIN projects p ON p.id = s.project_id
      WHERE s.status = 'live' AND s.last_heartbeat_at >= :since
        AND s.visibility = 'public' AND p.visibility = 'public'
      """)
  List<UUID> agentsAtWork(Instant since);

  @Query("UPDATE sessions SET viewers_peak = :peak WHERE id = :id AND viewers_peak < :peak")
  int raisePeak(UUID id, int peak);

  @Query(
      """
      SELECT id, last_heartbeat_at FROM sessions
      WHERE status = 'live' AND NOT alerted AND last_heartbeat_at < :silentSince
      LIMIT 100
      """)
  List<SilentRow> silent(Instant silentSince);

  @Query("SELECT count(*) FROM sessions WHERE status <> 'ended'")
  long countRunning();

  /** Claims the one alert of a silence; 0 when another server did. */
  @Query(
      """
      UPDATE sessions SET alerted = true
      WHERE id = :id AND NOT alerted AND last_heartbeat_at = :since
      """)
  int claimAlert(UUID id, Instant since);
}
