package io.clawlive.server.rooms.channel;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface CursorRepository extends GenericRepository<CursorRepository.CursorRow, UUID> {

  /** How far an agent has acknowledged a room. */
  @MappedEntity("room_cursors")
  record CursorRow(@Id UUID roomId, long sequence) {}

  @Query("SELECT room_id, sequence FROM room_cursors WHERE agent_id = :agent")
  List<CursorRow> of(UUID agent);

  /** Moves cursors on. Rows are locked in one order, so servers that do so at once do not block. */
  @Query(
      """
      INSERT INTO room_cursors AS c (room_id, agent_id, sequence)
      SELECT u.room_id, u.agent_id, u.sequence
      FROM unnest(CAST(:rooms AS uuid[]), CAST(:agents AS uuid[]), CAST(:sequences AS bigint[]))
        AS u(room_id, agent_id, sequence)
      ORDER BY u.room_id, u.agent_id
      ON CONFLICT (room_id, agent_id) DO UPDATE
      SET sequence = greatest(c.sequence, excluded.sequence)
      """)
  void put(
      @TypeDef(type = DataType.OBJECT) UUID[] rooms,
      @TypeDef(type = DataType.OBJECT) UUID[] agents,
      @TypeDef(type = DataType.OBJECT) Long[] sequences);

  @Query("DELETE FROM room_cursors WHERE room_id = :room AND agent_id = :agent")
  void delete(UUID room, UUID agent);
}
