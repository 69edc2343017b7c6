package io.clawlive.bench.peer;

import io.clawlive.bench.target.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes the rows of the event table into a table of the same shape, by one connection, and does
 * nothing else: no numbering, no producers, no masking, no answer to anybody. It is the limit.
 */
public final class RawWriter implements AutoCloseable {
  private static final int SAMPLE = 4_000;
  private static final String UNNEST =
      """
      INSERT INTO clawlive_bench.raw_events (stream_id, sequence, kind, recorded_at, content)
      SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::smallint[], ?::timestamptz[], ?::bytea[])
      """;
  private static final String SINGLE =
      """
      INSERT INTO clawlive_bench.raw_events (stream_id, sequence, kind, recorded_at, content)
      VALUES (?, ?, ?, ?, ?)
      """;
  private static final String COPY =
      """
      COPY clawlive_bench.raw_events (stream_id, sequence, kind, recorded_at, content)
      FROM STDIN (FORMAT binary)
      """;
  private static final short LOG_KIND = 17;

  private final Connection connection;
  private final List<byte[]> contents;
  private final UUID stream = UUID.randomUUID();
  private long sequence;

  private RawWriter(Connection connection, List<byte[]> contents) {
    this.connection = connection;
    this.contents = contents;
  }

  /** Makes the table anew and takes stored events as the rows to write. */
  public static RawWriter open(Postgres postgres) throws SQLException {
    Connection connection = postgres.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS clawlive_bench CASCADE");
      statement.execute("CREATE SCHEMA clawlive_bench");
      statement.execute(
          "CREATE TABLE clawlive_bench.raw_events (LIKE stream_events INCLUDING ALL)");
      List<byte[]> contents = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT content FROM stream_events WHERE kind = 17 LIMIT " + SAMPLE)) {
        while (rows.next()) {
          contents.add(rows.getBytes(1));
        }
      }
      if (contents.size() < SAMPLE) {
        throw new SQLException("the event table holds fewer than " + SAMPLE + " events to copy");
      }
      return new RawWriter(connection, contents);
    }
  }

  /** Mean size of the rows' content. */
  public double contentBytes() {
    return contents.stream().mapToInt(content -> content.length).average().orElse(0);
  }

  /** Inserts rows from arrays, one statement and one commit a batch; gives rows a second. */
  public double unnest(int batch, double seconds) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(UNNEST)) {
      return repeat(batch, seconds, () -> insertBatch(insert, batch));
    }
  }

  private void insertBatch(PreparedStatement insert, int batch) throws SQLException {
    var streams = new UUID[batch];
    var sequences = new long[batch];
    var kinds = new short[batch];
    var moments = new Timestamp[batch];
    var bytes = new byte[batch][];
    Timestamp now = Timestamp.from(Instant.now());
    for (int i = 0; i < batch; i++) {
      streams[i] = stream;
      kinds[i] = LOG_KIND;
      moments[i] = now;
      sequences[i] = ++sequence;
      bytes[i] = content();
    }
    PGConnection arrays = connection.unwrap(PGConnection.class);
    insert.setArray(1, connection.createArrayOf("uuid", streams));
    insert.setArray(2, arrays.createArrayOf("int8", sequences));
    insert.setArray(3, arrays.createArrayOf("int2", kinds));
    insert.setArray(4, connection.createArrayOf("timestamptz", moments));
    insert.setArray(5, connection.createArrayOf("bytea", bytes));
    insert.executeUpdate();
  }

  private byte[] content() {
    return contents.get((int) (sequence % contents.size()));
  }

  /** Copies rows in binary form, one commit a batch; gives rows a second. */
  public double copy(int batch, double seconds) throws SQLException {
    return repeat(batch, seconds, () -> copyBatch(batch));
  }

  private void copyBatch(int batch) throws SQLException {
    var rows = new BinaryRows();
    Instant now = Instant.now();
    for (int i = 0; i < batch; i++) {
      rows.add(stream, ++sequence, LOG_KIND, now, content());
    }
    byte[] bytes = rows.end();
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
  }

  private interface Batch {
    void write() throws SQLException;
  }

  private static double repeat(int batch, double seconds, Batch work) throws SQLException {
    long begin = System.nanoTime();
    long rows = 0;
    double took;
    do {
      work.write();
      rows += batch;
      took = (System.nanoTime() - begin) / 1e9;
    } while (took < seconds);
    return rows / took;
  }

  /** Inserts single rows, each committed by itself; gives the time of each in nanoseconds. */
  public List<Long> single(int count) throws SQLException {
    List<Long> times = new ArrayList<>(count);
    try (PreparedStatement insert = connection.prepareStatement(SINGLE)) {
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        insert.setObject(1, stream);
        insert.setLong(2, ++sequence);
        insert.setShort(3, LOG_KIND);
        insert.setTimestamp(4, Timestamp.from(Instant.now()));
        insert.setBytes(5, content());
        insert.executeUpdate();
        times.add(System.nanoTime() - begin);
      }
    }
    return times;
  }

  /** Drops the table. */
  @Override
  public void close() throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS clawlive_bench CASCADE");
    }
  }
}
