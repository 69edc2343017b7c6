package io.clawlive.server.rooms;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface MemberRepository extends GenericRepository<MemberRepository.MemberRow, UUID> {

  /** A member as its last event tells it, and the account behind it: content is a Member. */
  @MappedEntity("room_members")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record MemberRow(@Id UUID actorId, UUID accountId, byte[] content) {}

  /** Somebody who is there as far as the table knows. */
  @Introspected
  record PresentRow(UUID roomId, UUID actorId) {}

  @Query(
      """
      SELECT m.actor_id, coalesce(a.account_id, m.actor_id) AS account_id, m.content
      FROM room_members m LEFT JOIN agents a ON a.id = m.actor_id
      WHERE m.room_id = :room ORDER BY m.joined_at, m.actor_id
      """)
  List<MemberRow> list(UUID room);

  @Query(
      """
      INSERT INTO room_members (room_id, actor_id, kind, handle, role, presence, presence_since,
        joined_at, content)
      VALUES (:room, :actor, :kind, :handle, :role, :presence, :presenceSince, :joinedAt, :content)
      ON CONFLICT (room_id, actor_id) DO UPDATE SET kind = excluded.kind,
        handle = excluded.handle, role = excluded.role, presence = excluded.presence,
        presence_since = excluded.presence_since, joined_at = excluded.joined_at,
        content = excluded.content
      """)
  void put(
      UUID room,
      UUID actor,
      short kind,
      String handle,
      short role,
      short presence,
      Instant presenceSince,
      Instant joinedAt,
      byte[] content);

  @Query("DELETE FROM room_members WHERE room_id = :room AND actor_id = :actor")
  void delete(UUID room, UUID actor);

  /** Everybody who is there as far as the table knows. */
  @Query(
      """
      SELECT m.room_id, m.actor_id FROM room_members m JOIN rooms r ON r.id = m.room_id
      WHERE m.presence <> 3 AND r.state <> 5 AND NOT r.deleted
      """)
  List<PresentRow> present();

  /** The rooms somebody is in that are neither deleted nor completed. */
  @Query(
      """
      SELECT m.room_id FROM room_members m JOIN rooms r ON r.id = m.room_id
      WHERE m.actor_id = :actor AND NOT r.deleted AND r.state <> 5 ORDER BY m.room_id
      """)
  List<UUID> roomsOf(UUID actor);

  /** The public rooms somebody is in. */
  @Query(
      """
      SELECT count(*)::int FROM room_members m JOIN rooms r ON r.id = m.room_id
      WHERE m.actor_id = :actor AND NOT r.deleted AND r.visibility = 'public'
      """)
  int publicRoomsOf(UUID actor);
}
