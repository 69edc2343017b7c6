package io.clawlive.server.rooms;

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
interface ChatChangeRepository extends GenericRepository<ChatChangeRepository.ChangeRow, Long> {

  /** What became of a message: content is the ChatChange of the last event about it. */
  @MappedEntity("chat_changes")
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record ChangeRow(@Id long sequence, Instant changedAt, byte[] content) {}

  @Query(
      """
      INSERT INTO chat_changes (stream_id, sequence, changed_at, content)
      VALUES (:stream, :sequence, :changedAt, :content)
      ON CONFLICT (stream_id, sequence) DO UPDATE SET changed_at = excluded.changed_at,
        content = excluded.content
      """)
  void put(UUID stream, long sequence, Instant changedAt, byte[] content);

  /** What became of these messages; the unchanged ones are left out. */
  @Query(
      """
      SELECT sequence, changed_at, content FROM chat_changes
      WHERE stream_id = :stream AND sequence = ANY (:sequences)
      """)
  List<ChangeRow> of(UUID stream, @TypeDef(type = DataType.OBJECT) Long[] sequences);
}
