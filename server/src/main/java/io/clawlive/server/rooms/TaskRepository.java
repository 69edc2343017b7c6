package io.clawlive.server.rooms;

import io.micronaut.core.annotation.Introspected;
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
interface TaskRepository extends GenericRepository<TaskRepository.TaskRow, Long> {

  /**
   * A task as its last event tells it: content is a Task.
   *
   * @param changed what that event told, a TaskChangeKind
   * @param changedBy whose deed it was; null for the server's
   */
  @MappedEntity("room_tasks")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record TaskRow(@Id long taskId, short changed, @Nullable UUID changedBy, byte[] content) {}

  /** A task of somebody who is not there. */
  @Introspected
  @SuppressWarnings("ArrayRecordComponent")
  record DroppedRow(UUID roomId, UUID actorId, byte[] content) {}

  /** How many tasks somebody has. */
  @Introspected
  record CountRow(UUID actorId, int tasks) {}

  /**
   * Puts what a task's event tells into the table.
   *
   * @param givenTo whom the server gave it to, if that is what the event tells
   */
  @Query(
      """
      INSERT INTO room_tasks AS t (room_id, task_id, state, assignee_id, producer_id, changed,
        changed_by, given_to, given_at, content)
      VALUES (:room, :task, :state, :assignee, :producer, :changed, :changedBy, :givenTo, :givenAt,
        :content)
      ON CONFLICT (room_id, task_id) DO UPDATE SET state = excluded.state,
        assignee_id = excluded.assignee_id, changed = excluded.changed,
        changed_by = excluded.changed_by, given_to = coalesce(excluded.given_to, t.given_to),
        given_at = coalesce(excluded.given_at, t.given_at), content = excluded.content
      """)
  void put(
      UUID room,
      long task,
      short state,
      @Nullable UUID assignee,
      String producer,
      short changed,
      @Nullable UUID changedBy,
      @Nullable UUID givenTo,
      @Nullable Long givenAt,
      byte[] content);

  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM room_tasks
      WHERE room_id = :room AND task_id = :task
      """)
  Optional<TaskRow> find(UUID room, long task);

  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM room_tasks
      WHERE room_id = :room AND producer_id = :producer
      """)
  Optional<TaskRow> made(UUID room, String producer);

  @Query("SELECT coalesce(max(task_id), 0) + 1 FROM room_tasks WHERE room_id = :room")
  long next(UUID room);

  /** How many tasks of a room are neither merged nor cancelled. */
  @Query("SELECT count(*)::int FROM room_tasks WHERE room_id = :room AND state IN (1, 2, 3, 4)")
  int unfinished(UUID room);

  /** Tasks by number; states are those of the contract. */
  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM room_tasks
      WHERE room_id = :room AND task_id > :after AND state = ANY (:states)
      ORDER BY task_id LIMIT :limit
      """)
  List<TaskRow> page(
      UUID room, long after, @TypeDef(type = DataType.OBJECT) Short[] states, int limit);

  /** The newest tasks in these states, by number. */
  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM (
        SELECT * FROM room_tasks
        WHERE room_id = :room AND state = ANY (:states)
        ORDER BY task_id DESC LIMIT :limit) AS newest
      ORDER BY task_id
      """)
  List<TaskRow> newest(UUID room, @TypeDef(type = DataType.OBJECT) Short[] states, int limit);

  /** Tasks that nobody has, by number. */
  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM room_tasks
      WHERE room_id = :room AND state = 1 ORDER BY task_id
      """)
  List<TaskRow> open(UUID room);

  /** Active rooms where a task waits while an agent is there. */
  @Query(
      """
      SELECT r.id FROM rooms r
      WHERE r.state = 3 AND NOT r.deleted
        AND r.id IN (SELECT t.room_id FROM room_tasks t WHERE t.state = 1)
        AND EXISTS (
          SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.kind = 1 AND m.presence <> 3)
      """)
  List<UUID> roomsWaiting();

  /** Whom the room's strategy gave a task last, of those who are still in. */
  @Query(
      """
      SELECT t.given_to FROM room_tasks t
      JOIN room_members m ON m.room_id = t.room_id AND m.actor_id = t.given_to
      WHERE t.room_id = :room AND t.given_at IS NOT NULL
      ORDER BY t.given_at DESC LIMIT 1
      """)
  Optional<UUID> lastGivenTo(UUID room);

  /** Tasks that somebody has and has not handed in. */
  @Query(
      """
      SELECT task_id, changed, changed_by, content FROM room_tasks
      WHERE room_id = :room AND assignee_id = :assignee AND state IN (2, 3) ORDER BY task_id
      """)
  List<TaskRow> heldBy(UUID room, UUID assignee);

  /** How many tasks everybody in a room has and has not handed in. */
  @Query(
      """
      SELECT assignee_id AS actor_id, count(*)::int AS tasks FROM room_tasks
      WHERE room_id = :room AND state IN (2, 3) AND assignee_id IS NOT NULL GROUP BY assignee_id
      """)
  List<CountRow> held(UUID room);

  /** Tasks that agents have who are not there since before this moment. */
  @Query(
      """
      SELECT t.room_id, m.actor_id, t.content
      FROM room_tasks t
      JOIN room_members m ON m.room_id = t.room_id AND m.actor_id = t.assignee_id
      JOIN rooms r ON r.id = t.room_id
      WHERE t.state IN (2, 3) AND m.kind = 1 AND m.presence = 3 AND m.presence_since <= :before
        AND NOT r.deleted AND r.state <> 5
      """)
  List<DroppedRow> dropped(Instant before);

  /** How many tasks of somebody were merged, in all rooms. */
  @Query("SELECT count(*)::int FROM room_tasks WHERE assignee_id = :assignee AND state = 5")
  int mergedOf(UUID assignee);

  /** How many tasks of each of these were merged, in all rooms. */
  @Query(
      """
      SELECT assignee_id AS actor_id, count(*)::int AS tasks FROM room_tasks
      WHERE assignee_id = ANY (:assignees) AND state = 5 GROUP BY assignee_id
      """)
  List<CountRow> merged(@TypeDef(type = DataType.OBJECT) UUID[] assignees);
}
