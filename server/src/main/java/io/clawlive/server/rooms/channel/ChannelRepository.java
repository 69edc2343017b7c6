package io.clawlive.server.rooms.channel;

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
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ChannelRepository extends GenericRepository<ChannelRepository.NewestRow, UUID> {

  /** An agent's newest channel. */
  @MappedEntity("agent_channels")
  record NewestRow(@Id UUID agentId, long number) {}

  /** A room that an agent's channel is to follow. */
  @Introspected
  record RoomRow(UUID agentId, UUID roomId) {}

  /** A number above all that were given out before, on any server. */
  @Query("SELECT nextval('agent_channel_numbers')")
  long nextNumber();

  /** Notes a channel as its agent's newest; 0 when there is a newer one. */
  @Query(
      """
      INSERT INTO agent_channels AS c (agent_id, number, connected_at)
      VALUES (:agent, :number, :connectedAt)
      ON CONFLICT (agent_id) DO UPDATE
      SET number = excluded.number, connected_at = excluded.connected_at
      WHERE c.number < excluded.number
      """)
  int open(UUID agent, long number, Instant connectedAt);

  @Query("SELECT agent_id, number FROM agent_channels WHERE agent_id = ANY (:agents)")
  List<NewestRow> newest(@TypeDef(type = DataType.OBJECT) UUID[] agents);

  /**
   * The rooms these agents are in, those that are completed only as long as an agent has not
   * acknowledged their end.
   */
  @Query(
      """
      SELECT m.actor_id AS agent_id, m.room_id
      FROM room_members m
        JOIN rooms r ON r.id = m.room_id
        JOIN streams s ON s.id = m.room_id
        LEFT JOIN room_cursors c ON c.room_id = m.room_id AND c.agent_id = m.actor_id
      WHERE m.actor_id = ANY (:agents) AND NOT r.deleted
        AND (r.state <> 5 OR c.sequence < s.next_sequence - 1)
      ORDER BY m.actor_id, m.room_id
      """)
  List<RoomRow> rooms(@TypeDef(type = DataType.OBJECT) UUID[] agents);
}
