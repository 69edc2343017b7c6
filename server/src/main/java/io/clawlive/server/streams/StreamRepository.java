package io.clawlive.server.streams;

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
interface StreamRepository extends GenericRepository<StreamRepository.StreamRow, UUID> {

  @MappedEntity("streams")
  record StreamRow(@Id UUID id, String kind, @Nullable UUID agentId) {}

  /**
   * Whom a stream belongs to, if it belongs to an agent, and whether the viewer is among its
   * members.
   */
  @Introspected
  record GuardRow(@Nullable UUID agentId, @Nullable UUID accountId, boolean member) {}

  @Query("INSERT INTO streams (id, kind, agent_id) VALUES (:id, :kind, :agentId)")
  void insert(UUID id, String kind, @Nullable UUID agentId);

  /** Where a stream stands. */
  @Introspected
  record HeadRow(long nextSequence, boolean ended) {}

  /** Holds a stream until the transaction ends. */
  @Query("SELECT next_sequence, ended FROM streams WHERE id = :id FOR UPDATE")
  Optional<HeadRow> hold(UUID id);

  @Query(
      """
      INSERT INTO stream_events (stream_id, sequence, kind, level, recorded_at, content)
      VALUES (:stream, :sequence, :payload, :level, :recordedAt, :content)
      """)
  void insertEvent(
      UUID stream, long sequence, short payload, short level, Instant recordedAt, byte[] content);

  @Query("UPDATE streams SET next_sequence = :next, ended = :ended WHERE id = :id")
  void advance(UUID id, long next, boolean ended);

  @Query(
      """
      SELECT EXISTS (
        SELECT 1 FROM producers WHERE stream_id = :stream AND producer_id = :producer)
      """)
  boolean knowsProducer(UUID stream, String producer);

  @Query(
      """
      INSERT INTO producers (stream_id, producer_id, last_sequence) VALUES (:stream, :producer, 1)
      """)
  void noteProducer(UUID stream, String producer);

  /** The guard of a stream; empty when it is not there for this viewer. */
  @Query(
      """
      SELECT g.agent_id, g.account_id, g.member FROM (
        SELECT s.*, EXISTS (
          SELECT 1 FROM stream_members m
          WHERE m.stream_id = s.id AND m.account_id = CAST(:viewer AS uuid)) AS member
        FROM stream_guards s WHERE s.id = :id
          AND (CAST(:kind AS text) IS NULL OR s.kind = :kind)) AS g
      WHERE NOT g.private OR :everything OR g.member OR g.account_id = CAST(:viewer AS uuid)
      """)
  Optional<GuardRow> guard(
      UUID id, @Nullable String kind, @Nullable UUID viewer, boolean everything);

  @Query("SELECT id FROM stream_guards WHERE private AND id = ANY (:ids)")
  List<UUID> restricted(@TypeDef(type = DataType.OBJECT) UUID[] ids);
}
