package io.clawlive.server.rooms;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface InvitationRepository extends GenericRepository<InvitationRepository.InvitationRow, UUID> {

  /** An invitation as its last event tells it: content is an Invitation. */
  @MappedEntity("room_invitations")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record InvitationRow(@Id UUID id, UUID roomId, byte[] content) {}

  @Query(
      """
      INSERT INTO room_invitations (room_id, id, invitee_id, secret_hash, expires_at, content)
      VALUES (:room, :id, :invitee, :secretHash, :expiresAt, :content)
      ON CONFLICT (room_id, id) DO UPDATE SET content = excluded.content
      """)
  void put(
      UUID room,
      UUID id,
      @Nullable UUID invitee,
      byte[] secretHash,
      Instant expiresAt,
      byte[] content);

  @Query("DELETE FROM room_invitations WHERE room_id = :room AND id = :id")
  void delete(UUID room, UUID id);

  /** The invitations of a room that hold, the newest first. */
  @Query(
      """
      SELECT id, room_id, content FROM room_invitations
      WHERE room_id = :room AND expires_at > :now ORDER BY id DESC
      """)
  List<InvitationRow> list(UUID room, Instant now);

  /** The invitations of somebody that hold, the newest first. */
  @Query(
      """
      SELECT i.id, i.room_id, i.content FROM room_invitations i JOIN rooms r ON r.id = i.room_id
      WHERE i.invitee_id = :invitee AND i.expires_at > :now AND NOT r.deleted AND r.state <> 5
      ORDER BY i.id DESC LIMIT 200
      """)
  List<InvitationRow> of(UUID invitee, Instant now);
}
