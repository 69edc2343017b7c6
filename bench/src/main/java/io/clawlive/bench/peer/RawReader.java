package io.clawlive.bench.peer;

import io.clawlive.bench.target.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads the rows of a stream in order, by one connection, a thousand a round trip. */
public final class RawReader {
  private static final int FETCH = 1_000;

  private RawReader() {}

  /** Reads a whole stream and gives rows a second. */
  public static double read(Postgres postgres, String stream, long expected) throws SQLException {
    long begin = System.nanoTime();
    long rows = 0;
    long bytes = 0;
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT sequence, kind, content FROM stream_events WHERE stream_id = ?"
                  + " ORDER BY sequence")) {
        select.setFetchSize(FETCH);
        select.setObject(1, UUID.fromString(stream));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            rows = row.getLong(1);
            bytes += row.getShort(2) + row.getBytes(3).length;
          }
        }
      }
    }
    if (rows != expected || bytes == 0) {
      throw new SQLException("read up to " + rows + "; expected " + expected);
    }
    return rows / ((System.nanoTime() - begin) / 1e9);
  }
}
