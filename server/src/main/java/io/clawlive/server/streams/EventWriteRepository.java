package io.clawlive.server.streams;

import io.clawlive.server.platform.postgres.PostgresAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The SQL of a writer lane, on the connection the lane keeps. Used by one thread. */
final class EventWriteRepository implements AutoCloseable {
  /**
   * Rows by key, always: a plan made for one batch would be made anew for each, which costs more
   * than it saves.
   */
  private static final String SESSION =
      "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan -c jit=off"
          + " -c application_name=clawlive-event-writer";

  /**
   * One statement, one round trip, one commit. The streams' rows are locked in the order of their
   * ids, so two servers never wait for each other in a circle. A stream whose next sequence is not
   * the expected one is left alone and not returned, and so is one to which a producer wrote before
   * that was taken for new.
   */
  private static final String WRITE =
      """
      WITH head AS (
        SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::boolean[])
          WITH ORDINALITY AS h(stream_id, expected, next, ends, n)
      ), locked AS (
        SELECT s.id, s.next_sequence FROM streams s
        WHERE s.id = ANY (?::uuid[]) AND NOT s.ended
        ORDER BY s.id FOR NO KEY UPDATE
      ), resent AS (
        SELECT p.stream_id
        FROM unnest(?::uuid[], ?::text[]) AS presumed_new(stream_id, producer_id)
        JOIN producers p USING (stream_id, producer_id)
      ), claimed AS (
        UPDATE streams s SET next_sequence = h.next, ended = h.ends
        FROM locked l JOIN head h ON h.stream_id = l.id AND h.expected = l.next_sequence
        WHERE s.id = l.id AND s.id NOT IN (SELECT stream_id FROM resent)
        RETURNING s.id, h.n
      ), numbered AS (
        INSERT INTO producers (stream_id, producer_id, last_sequence)
        SELECT p.stream_id, p.producer_id, p.last_sequence
        FROM unnest(?::uuid[], ?::text[], ?::bigint[]) AS p(stream_id, producer_id, last_sequence)
        JOIN claimed c ON c.id = p.stream_id
        ON CONFLICT (stream_id, producer_id) DO UPDATE SET last_sequence = excluded.last_sequence
      ), stored AS (
        INSERT INTO stream_events (stream_id, sequence, kind, level, recorded_at, content)
        SELECT c.id, e.sequence, e.kind, e.level, ?, e.content
        FROM unnest(?::int[], ?::bigint[], ?::smallint[], ?::smallint[], ?::bytea[])
          AS e(n, sequence, kind, level, content)
        JOIN claimed c ON c.n = e.n
      )
      SELECT id FROM claimed
      """;

  /** The same for one stream, which is the usual case: there is no order of locks to keep. */
  private static final String WRITE_ONE =
      """
      WITH claimed AS (
        UPDATE streams SET next_sequence = ?, ended = ?
        WHERE id = ? AND next_sequence = ? AND NOT ended
          AND NOT EXISTS (
            SELECT FROM producers p WHERE p.stream_id = ? AND p.producer_id = ANY (?::text[]))
        RETURNING id
      ), numbered AS (
        INSERT INTO producers (stream_id, producer_id, last_sequence)
        SELECT c.id, p.producer_id, p.last_sequence
        FROM claimed c, unnest(?::text[], ?::bigint[]) AS p(producer_id, last_sequence)
        ON CONFLICT (stream_id, producer_id) DO UPDATE SET last_sequence = excluded.last_sequence
      ), stored AS (
        INSERT INTO stream_events (stream_id, sequence, kind, level, recorded_at, content)
        SELECT c.id, e.sequence, e.kind, e.level, ?, e.content
        FROM claimed c, unnest(?::bigint[], ?::smallint[], ?::smallint[], ?::bytea[])
          AS e(sequence, kind, level, content)
      )
      SELECT id FROM claimed
      """;

  private static final String HEADS =
      "SELECT id, next_sequence, ended FROM streams WHERE id = ANY (?::uuid[]) ORDER BY id";

  private static final String LOCK = HEADS + " FOR NO KEY UPDATE";

  private static final String PRODUCERS =
      """
      SELECT p.stream_id, p.producer_id, p.last_sequence
      FROM unnest(?::uuid[], ?::text[]) AS wanted(stream_id, producer_id)
      JOIN producers p USING (stream_id, producer_id)
      """;

  private final PostgresAddress postgres;
  private @Nullable Connection connection;

  EventWriteRepository(PostgresAddress postgres) {
    this.postgres = postgres;
  }

  /** Where these streams stand; what does not exist is left out. */
  Map<UUID, StreamHead> heads(Collection<UUID> streams) throws SQLException {
    return readHeads(HEADS, streams);
  }

  /** The same, and holds them until the transaction ends. */
  Map<UUID, StreamHead> lock(Collection<UUID> streams) throws SQLException {
    return readHeads(LOCK, streams);
  }

  private Map<UUID, StreamHead> readHeads(String sql, Collection<UUID> streams)
      throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.setArray(1, uuids(streams));
      var heads = new HashMap<UUID, StreamHead>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          heads.put(
              rows.getObject(1, UUID.class), new StreamHead(rows.getLong(2), rows.getBoolean(3)));
        }
      }
      return heads;
    }
  }

  /** Tells the heads the numbers of these batches' producers. */
  void learnProducers(Collection<PendingBatch> batches, Map<UUID, StreamHead> heads)
      throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(PRODUCERS)) {
      statement.setArray(1, uuids(batches.stream().map(PendingBatch::stream).toList()));
      statement.setArray(2, texts(batches.stream().map(PendingBatch::producer).toList()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StreamHead head = heads.get(rows.getObject(1, UUID.class));
          if (head != null) {
            head.learn(rows.getString(2), rows.getLong(3));
          }
        }
      }
    }
    for (PendingBatch batch : batches) {
      StreamHead head = heads.get(batch.stream());
      if (head != null && !head.knows(batch.producer())) {
        head.learn(batch.producer(), 0);
      }
    }
  }

  /** Writes the streams that still stand where the draft assumes, and names them. */
  Set<UUID> write(WriteDraft draft, Instant recordedAt) throws SQLException {
    List<StreamDraft> streams = draft.streams();
    return streams.size() == 1
        ? writeOne(streams.getFirst(), recordedAt)
        : writeAll(streams, recordedAt);
  }

  private Set<UUID> writeOne(StreamDraft stream, Instant recordedAt) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(WRITE_ONE)) {
      statement.setLong(1, stream.next());
      statement.setBoolean(2, stream.ends());
      statement.setObject(3, stream.stream());
      statement.setLong(4, stream.expected());
      statement.setObject(5, stream.stream());
      statement.setArray(6, texts(stream.presumedNew()));
      statement.setArray(7, texts(stream.producers().keySet()));
      statement.setArray(8, longs(stream.producers().values()));
      statement.setTimestamp(9, Timestamp.from(recordedAt));
      var columns = new EventColumns(List.of(stream));
      statement.setArray(10, primitives("int8", columns.sequences()));
      statement.setArray(11, primitives("int2", columns.kinds()));
      statement.setArray(12, primitives("int2", columns.levels()));
      statement.setArray(13, primitives("bytea", columns.contents()));
      return claimed(statement);
    }
  }

  private Set<UUID> writeAll(List<StreamDraft> streams, Instant recordedAt) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(WRITE)) {
      var ids = streams.stream().map(StreamDraft::stream).toList();
      statement.setArray(1, uuids(ids));
      statement.setArray(2, longs(streams.stream().map(StreamDraft::expected).toList()));
      statement.setArray(3, longs(streams.stream().map(StreamDraft::next).toList()));
      statement.setArray(4, booleans(streams.stream().map(StreamDraft::ends).toList()));
      statement.setArray(5, uuids(ids));
      setPresumedNew(statement, streams);
      setProducers(statement, streams);
      statement.setTimestamp(11, Timestamp.from(recordedAt));
      var columns = new EventColumns(streams);
      statement.setArray(12, primitives("int4", columns.streams()));
      statement.setArray(13, primitives("int8", columns.sequences()));
      statement.setArray(14, primitives("int2", columns.kinds()));
      statement.setArray(15, primitives("int2", columns.levels()));
      statement.setArray(16, primitives("bytea", columns.contents()));
      return claimed(statement);
    }
  }

  private static Set<UUID> claimed(PreparedStatement statement) throws SQLException {
    var claimed = new HashSet<UUID>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        claimed.add(rows.getObject(1, UUID.class));
      }
    }
    return claimed;
  }

  private void setPresumedNew(PreparedStatement statement, List<StreamDraft> streams)
      throws SQLException {
    var ids = new ArrayList<UUID>();
    var names = new ArrayList<String>();
    for (StreamDraft stream : streams) {
      for (String producer : stream.presumedNew()) {
        ids.add(stream.stream());
        names.add(producer);
      }
    }
    statement.setArray(6, uuids(ids));
    statement.setArray(7, texts(names));
  }

  private void setProducers(PreparedStatement statement, List<StreamDraft> streams)
      throws SQLException {
    var ids = new ArrayList<UUID>();
    var names = new ArrayList<String>();
    var lasts = new ArrayList<Long>();
    for (StreamDraft stream : streams) {
      stream
          .producers()
          .forEach((producer, last) -> {
            ids.add(stream.stream());
            names.add(producer);
            lasts.add(last);
          });
    }
    statement.setArray(8, uuids(ids));
    statement.setArray(9, texts(names));
    statement.setArray(10, longs(lasts));
  }

  /** Runs work in one transaction. */
  <T> T transaction(Work<T> work) throws SQLException {
    Connection open = connection();
    open.setAutoCommit(false);
    try {
      T result = work.run();
      open.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      open.rollback();
      throw e;
    } finally {
      open.setAutoCommit(true);
    }
  }

  /** Work inside a transaction. */
  interface Work<T> {
    T run() throws SQLException;
  }

  private Connection connection() throws SQLException {
    if (connection == null || connection.isClosed()) {
      connection = postgres.connect(SESSION);
    }
    return connection;
  }

  private Array uuids(Collection<UUID> ids) throws SQLException {
    return connection().createArrayOf("uuid", ids.toArray(UUID[]::new));
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return connection().createArrayOf("text", texts.toArray(String[]::new));
  }

  private Array longs(Collection<Long> numbers) throws SQLException {
    return primitives("int8", numbers.stream().mapToLong(Long::longValue).toArray());
  }

  /** The driver's own way sends primitive arrays in binary form, without boxing. */
  private Array primitives(String type, Object array) throws SQLException {
    return connection().unwrap(PGConnection.class).createArrayOf(type, array);
  }

  private Array booleans(Collection<Boolean> flags) throws SQLException {
    return connection().createArrayOf("bool", flags.toArray(Boolean[]::new));
  }

  /** Drops the connection; the next use opens a new one. */
  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyGone) {
        // There is nothing left to close.
      }
    }
  }
}
