package io.clawlive.server.streams;

import io.clawlive.server.streams.StreamRepository.StreamRow;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Counts a stream's events over time. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TimelineRepository extends GenericRepository<StreamRow, UUID> {

  /** The time from the first event of a stream to its last. */
  @Introspected
  record Span(Instant beginning, Instant ending, long lastSequence) {
    long millis() {
      return Math.max(1, ending.toEpochMilli() - beginning.toEpochMilli());
    }
  }

  /** A part of a span in which something happened. */
  @Introspected
  record BucketRow(
      int part,
      long firstSequence,
      long lastSequence,
      int events,
      int warnings,
      int errors,
      Instant beginning) {}

  /** A place worth a look. */
  @Introspected
  record MarkRow(long sequence, Instant recordedAt, int kind) {}

  /** The span of a stream; empty when it has no events. */
  @Query(
      """
      SELECT a.recorded_at AS beginning, z.recorded_at AS ending, z.sequence AS last_sequence
      FROM (SELECT recorded_at FROM stream_events WHERE stream_id = :stream
            ORDER BY sequence LIMIT 1) AS a,
           (SELECT recorded_at, sequence FROM stream_events WHERE stream_id = :stream
            ORDER BY sequence DESC LIMIT 1) AS z
      """)
  Optional<Span> span(UUID stream);

  /**
   * The parts in which something happened. The clock of another server may be a little behind, so
   * an event may lie outside the span.
   *
   * @param parts how many the span is cut into
   * @param millis how long the span is
   */
  @Query(
      """
      SELECT least(:parts - 1, greatest(0, floor(
          extract(epoch FROM recorded_at - CAST(:beginning AS timestamptz)) * 1000
          * :parts / :millis)))::int AS part,
        min(sequence) AS first_sequence, max(sequence) AS last_sequence, count(*)::int AS events,
        (count(*) FILTER (WHERE level = 3))::int AS warnings,
        (count(*) FILTER (WHERE level = 4))::int AS errors,
        min(recorded_at) AS beginning
      FROM stream_events WHERE stream_id = :stream AND sequence <= :upTo
      GROUP BY 1 ORDER BY 1
      """)
  List<BucketRow> buckets(UUID stream, long upTo, Instant beginning, long millis, int parts);

  /** What is worth a look, newest first. */
  @Query(
      """
      SELECT sequence, recorded_at, kind FROM stream_events
      WHERE stream_id = :stream AND sequence <= :upTo AND (kind IN (18, 20, 23) OR level = 4)
      ORDER BY sequence DESC LIMIT :limit
      """)
  List<MarkRow> marks(UUID stream, long upTo, int limit);
}
