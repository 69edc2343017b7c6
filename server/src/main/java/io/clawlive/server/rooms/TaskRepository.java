package io.clawlive.server.rooms;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TaskRepository extends GenericRepository<TaskRepository.TaskRow, Long> {

  /** A task as its last event tells it: content is a Task. */
  @MappedEntity("room_tasks")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record TaskRow(@Id long taskId, byte[] content) {}

  @Query(
      """
      INSERT INTO room_tasks (room_id, task_id, state, assignee_id, producer_id, content)
      VALUES (:room, :task, :state, :assignee, :producer, :content)
      ON CONFLICT (room_id, task_id) DO UPDATE SET state = excluded.state,
        assignee_id = excluded.assignee_id, content = excluded.content
      """)
  void put(
      UUID room, long task, short state, @Nullable UUID assignee, String producer, byte[] content);

  @Query("SELECT task_id, content FROM room_tasks WHERE room_id = :room AND task_id = :task")
  Optional<TaskRow> find(UUID room, long task);

  @Query(
      "SELECT task_id, content FROM room_tasks WHERE room_id = :room AND producer_id = :producer")
  Optional<TaskRow> made(UUID room, String producer);

  @Query("SELECT coalesce(max(task_id), 0) + 1 FROM room_tasks WHERE room_id = :room")
  long next(UUID room);

  /** Tasks by number; states are those of the contract. */
  @Query(
      """
      SELECT task_id, content FROM room_tasks
      WHERE room_id = :room AND task_id > :after AND state = ANY (:states)
      ORDER BY task_id LIMIT :limit
      """)
  List<TaskRow> page(
      UUID room, long after, @TypeDef(type = DataType.OBJECT) Short[] states, int limit);

  /** The newest tasks in these states, by number. */
  @Query(
      """
      SELECT task_id, content FROM (
        SELECT task_id, content FROM room_tasks
        WHERE room_id = :room AND state = ANY (:states)
        ORDER BY task_id DESC LIMIT :limit) AS newest
      ORDER BY task_id
      """)
  List<TaskRow> newest(UUID room, @TypeDef(type = DataType.OBJECT) Short[] states, int limit);

  /** Tasks that somebody has and has not handed in. */
  @Query(
      """
      SELECT task_id, content FROM room_tasks
      WHERE room_id = :room AND assignee_id = :assignee AND state IN (2, 3) ORDER BY task_id
      """)
  List<TaskRow> heldBy(UUID room, UUID assignee);

  /** How many tasks of somebody were merged, in all rooms. */
  @Query("SELECT count(*)::int FROM room_tasks WHERE assignee_id = :assignee AND state = 5")
  int mergedOf(UUID assignee);
}
