package io.clawlive.server.rooms;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** The tables of a room as a whole: what is in them, and how to empty them. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RebuildRepository extends GenericRepository<RoomRepository.RoomRow, UUID> {

  /** A row of any of the tables, by table and key, with a hash of all it holds. */
  @Introspected
  record AnyRow(String name, String hash) {}

  @Query(
      """
      SELECT 'rooms' AS name, md5(CAST(t AS text)) AS hash FROM rooms t WHERE t.id = :stream
      UNION ALL SELECT 'room_members ' || t.handle || ' ' || t.actor_id, md5(CAST(t AS text))
        FROM room_members t WHERE t.room_id = :stream
      UNION ALL SELECT 'room_invitations ' || t.id, md5(CAST(t AS text))
        FROM room_invitations t WHERE t.room_id = :stream
      UNION ALL SELECT 'room_tasks ' || t.task_id, md5(CAST(t AS text))
        FROM room_tasks t WHERE t.room_id = :stream
      UNION ALL SELECT 'room_approvals ' || t.approval_id, md5(CAST(t AS text))
        FROM room_approvals t WHERE t.room_id = :stream
      UNION ALL SELECT 'chat_changes ' || t.sequence, md5(CAST(t AS text))
        FROM chat_changes t WHERE t.stream_id = :stream
      """)
  List<AnyRow> rows(UUID stream);

  @Query(
      """
      WITH a AS (DELETE FROM room_members WHERE room_id = :stream),
        b AS (DELETE FROM room_invitations WHERE room_id = :stream),
        c AS (DELETE FROM room_tasks WHERE room_id = :stream),
        d AS (DELETE FROM room_approvals WHERE room_id = :stream),
        e AS (DELETE FROM chat_changes WHERE stream_id = :stream)
      DELETE FROM rooms WHERE id = :stream
      """)
  void clear(UUID stream);

  /** Every stream that has something in these tables, or should have. */
  @Query(
      """
      SELECT id FROM streams WHERE kind = 'room'
      UNION SELECT DISTINCT stream_id FROM stream_events WHERE kind = 31
      UNION SELECT DISTINCT stream_id FROM chat_changes
      ORDER BY 1
      """)
  List<UUID> streams();
}
