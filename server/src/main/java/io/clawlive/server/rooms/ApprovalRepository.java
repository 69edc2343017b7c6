package io.clawlive.server.rooms;

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

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApprovalRepository extends GenericRepository<ApprovalRepository.ApprovalRow, Long> {

  /** A question as its last event tells it: content is an Approval. */
  @MappedEntity("room_approvals")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record ApprovalRow(@Id long approvalId, UUID roomId, byte[] content) {}

  @Query(
      """
      INSERT INTO room_approvals (room_id, approval_id, state, expires_at, producer_id, content)
      VALUES (:room, :approval, :state, :expiresAt, :producer, :content)
      ON CONFLICT (room_id, approval_id) DO UPDATE SET state = excluded.state,
        expires_at = excluded.expires_at, content = excluded.content
      """)
  void put(
      UUID room, long approval, short state, Instant expiresAt, String producer, byte[] content);

  @Query(
      """
      SELECT approval_id, room_id, content FROM room_approvals
      WHERE room_id = :room AND approval_id = :approval
      """)
  Optional<ApprovalRow> find(UUID room, long approval);

  @Query(
      """
      SELECT approval_id, room_id, content FROM room_approvals
      WHERE room_id = :room AND producer_id = :producer
      """)
  Optional<ApprovalRow> made(UUID room, String producer);

  @Query("SELECT coalesce(max(approval_id), 0) + 1 FROM room_approvals WHERE room_id = :room")
  long next(UUID room);

  /** How many questions of a room wait for a decision. */
  @Query("SELECT count(*)::int FROM room_approvals WHERE room_id = :room AND state IN (1, 4)")
  int waiting(UUID room);

  /** The newest questions, newest first. */
  @Query(
      """
      SELECT approval_id, room_id, content FROM room_approvals
      WHERE room_id = :room ORDER BY approval_id DESC LIMIT :limit
      """)
  List<ApprovalRow> newest(UUID room, int limit);

  /** Questions by number. */
  @Query(
      """
      SELECT approval_id, room_id, content FROM room_approvals
      WHERE room_id = :room AND approval_id > :after AND (NOT :waiting OR state IN (1, 4))
      ORDER BY approval_id LIMIT :limit
      """)
  List<ApprovalRow> page(UUID room, long after, boolean waiting, int limit);

  /** The newest questions that are closed, by number. */
  @Query(
      """
      SELECT approval_id, room_id, content FROM (
        SELECT * FROM room_approvals WHERE room_id = :room AND state NOT IN (1, 4)
        ORDER BY approval_id DESC LIMIT :limit) AS newest
      ORDER BY approval_id
      """)
  List<ApprovalRow> closed(UUID room, int limit);

  /** Questions that wait and come too late, in rooms that still change. */
  @Query(
      """
      SELECT a.approval_id, a.room_id, a.content
      FROM room_approvals a JOIN rooms r ON r.id = a.room_id
      WHERE a.state IN (1, 4) AND a.expires_at <= :now AND NOT r.deleted AND r.state <> 5
      ORDER BY a.expires_at LIMIT 200
      """)
  List<ApprovalRow> late(Instant now);
}
