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
interface RoomRepository extends GenericRepository<RoomRepository.RoomRow, UUID> {

  /** A room as its last event tells it: content is a RoomFacts, creator a Party. */
  @MappedEntity("rooms")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record RoomRow(@Id UUID id, boolean deleted, byte[] creator, Instant createdAt, byte[] content) {}

  /** A room in a list, with who is in it. */
  @Introspected
  @SuppressWarnings("ArrayRecordComponent")
  record ListedRow(
      UUID id,
      byte[] creator,
      Instant createdAt,
      byte[] content,
      int members,
      int present,
      int spectatorsPeak,
      int role) {}

  @Query(
      """
      INSERT INTO rooms (id, name, about, visibility, state, deleted, creator_id, creator,
        request_id, created_at, content)
      VALUES (:id, :name, :about, :visibility, :state, false, :creatorId, :creator, :requestId,
        :createdAt, :content)
      """)
  void insert(
      UUID id,
      String name,
      String about,
      String visibility,
      short state,
      UUID creatorId,
      byte[] creator,
      @Nullable String requestId,
      Instant createdAt,
      byte[] content);

  @Query(
      """
      UPDATE rooms SET name = :name, about = :about, visibility = :visibility, state = :state,
        deleted = :deleted, content = :content
      WHERE id = :id
      """)
  void update(
      UUID id,
      String name,
      String about,
      String visibility,
      short state,
      boolean deleted,
      byte[] content);

  @Query("SELECT id, deleted, creator, created_at, content FROM rooms WHERE id = :id")
  Optional<RoomRow> findById(UUID id);

  @Query("SELECT id FROM rooms WHERE creator_id = :creatorId AND request_id = :requestId")
  Optional<UUID> findByRequest(UUID creatorId, String requestId);

  /** Rooms of somebody that are neither deleted nor completed. */
  @Query("SELECT count(*) FROM rooms WHERE creator_id = :creatorId AND NOT deleted AND state <> 5")
  long countOpen(UUID creatorId);

  /**
   * Rooms that a viewer may see, the newest first.
   *
   * @param text stands in the name or the description, upper and lower case alike; empty for any
   * @param actor who asks, for the role and for {@code mine}
   */
  @Query(
      """
      SELECT r.id, r.creator, r.created_at, r.content,
        (SELECT count(*)::int FROM room_members m WHERE m.room_id = r.id AND m.role <> 3) AS members,
        (SELECT count(*)::int FROM room_members m
          WHERE m.room_id = r.id AND m.role <> 3 AND m.presence <> 3) AS present,
        coalesce((SELECT spectators_peak FROM room_audiences u WHERE u.room_id = r.id), 0)
          AS spectators_peak,
        coalesce((SELECT m.role::int FROM room_members m
          WHERE m.room_id = r.id AND m.actor_id = CAST(:actor AS uuid)), 0) AS role
      FROM rooms r
      WHERE NOT r.deleted
        AND (CAST(:before AS uuid) IS NULL OR r.id < CAST(:before AS uuid))
        AND (:text = '' OR strpos(lower(r.name), lower(:text)) > 0
          OR strpos(lower(r.about), lower(:text)) > 0)
        AND (:state = 0 OR r.state = :state)
        AND (NOT :mine OR EXISTS (
          SELECT 1 FROM room_members m
          WHERE m.room_id = r.id AND m.actor_id = CAST(:actor AS uuid)))
        AND (:everything OR r.visibility = 'public' OR EXISTS (
          SELECT 1 FROM stream_members m
          WHERE m.stream_id = r.id AND m.account_id = CAST(:viewer AS uuid)))
      ORDER BY r.id DESC LIMIT :limit
      """)
  List<ListedRow> page(
      @Nullable UUID before,
      String text,
      int state,
      boolean mine,
      @Nullable UUID actor,
      @Nullable UUID viewer,
      boolean everything,
      int limit);

  /** Notes how many look on, where that is more than ever before. */
  @Query(
      """
      INSERT INTO room_audiences AS a (room_id, spectators_peak)
      SELECT u.room_id, u.peak FROM unnest(CAST(:rooms AS uuid[]), CAST(:peaks AS int[]))
        AS u(room_id, peak)
      JOIN rooms r ON r.id = u.room_id
      ON CONFLICT (room_id) DO UPDATE SET spectators_peak = excluded.spectators_peak
      WHERE a.spectators_peak < excluded.spectators_peak
      """)
  void notePeaks(
      @TypeDef(type = DataType.OBJECT) UUID[] rooms,
      @TypeDef(type = DataType.OBJECT) Integer[] peaks);

  @Query("SELECT coalesce(max(spectators_peak), 0) FROM room_audiences WHERE room_id = :room")
  int peak(UUID room);
}
