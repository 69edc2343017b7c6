package io.clawlive.server.streams;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** The SQL that reads the log. Pages are bounded in rows and in bytes. */
@Singleton
final class EventReadRepository {
  /** A page ends with the event that passes this many bytes: what a reader who stops costs. */
  static final int PAGE_BYTES = 256 << 10;

  /** Pages read at one time, so that many slow watchers leave connections for everyone else. */
  private static final int CONCURRENT_PAGES = 4;

  private static final String AFTER =
      """
      SELECT sequence, kind, level, content FROM stream_events
      WHERE stream_id = ? AND sequence > ? %s
      ORDER BY sequence LIMIT ?
      """;

  private static final String BEFORE =
      """
      SELECT sequence, kind, level, content FROM stream_events
      WHERE stream_id = ? AND sequence < ? %s
      ORDER BY sequence DESC LIMIT ?
      """;

  private static final String AT =
      """
      SELECT sequence, kind, level, content FROM stream_events
      WHERE stream_id = ? AND sequence = ANY (?) ORDER BY sequence
      """;

  private static final String KINDS = "AND kind = ANY (?::smallint[])";

  private static final String LEVELS = " AND level = ANY (?::smallint[])";

  private final DataSource dataSource;
  private final Semaphore pages = new Semaphore(CONCURRENT_PAGES);

  EventReadRepository(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /**
   * Which events a page holds.
   *
   * @param levels log levels; none means any event
   */
  @SuppressWarnings("ArrayRecordComponent") // Made for one call and never compared.
  record Filter(EventKinds kinds, int[] levels) {
    String sql() {
      return (kinds.all() ? "" : KINDS) + (levels.length == 0 ? "" : LEVELS);
    }
  }

  /** Events above a sequence, oldest first. */
  List<StoredEvent> after(UUID stream, long sequence, EventKinds kinds, int limit) {
    return page(AFTER, stream, sequence, new Filter(kinds, new int[0]), limit);
  }

  /** The nearest events below a sequence, oldest first. */
  List<StoredEvent> before(UUID stream, long sequence, EventKinds kinds, int limit) {
    return before(stream, sequence, new Filter(kinds, new int[0]), limit);
  }

  /** The nearest events below a sequence, oldest first. */
  List<StoredEvent> before(UUID stream, long sequence, Filter filter, int limit) {
    List<StoredEvent> page = page(BEFORE, stream, sequence, filter, limit);
    Collections.reverse(page);
    return page;
  }

  private List<StoredEvent> page(String sql, UUID stream, long sequence, Filter filter, int limit) {
    pages.acquireUninterruptibly();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql.formatted(filter.sql()))) {
      int i = 1;
      statement.setObject(i++, stream);
      statement.setLong(i++, sequence);
      if (!filter.kinds().all()) {
        statement.setArray(i++, smallints(connection, filter.kinds().numbers()));
      }
      if (filter.levels().length > 0) {
        statement.setArray(i++, smallints(connection, filter.levels()));
      }
      statement.setInt(i, limit);
      var page = new ArrayList<StoredEvent>();
      int bytes = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (bytes < PAGE_BYTES && rows.next()) {
          var event =
              new StoredEvent(rows.getLong(1), rows.getInt(2), rows.getInt(3), rows.getBytes(4));
          page.add(event);
          bytes += event.content().length;
        }
      }
      return page;
    } catch (SQLException e) {
      throw StreamErrors.of(e);
    } finally {
      pages.release();
    }
  }

  /** The events at these sequences; what is not there is left out. */
  List<StoredEvent> at(UUID stream, Collection<Long> sequences) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(AT)) {
      statement.setObject(1, stream);
      statement.setArray(2, connection.createArrayOf("int8", sequences.toArray()));
      var found = new ArrayList<StoredEvent>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new StoredEvent(rows.getLong(1), rows.getInt(2), rows.getInt(3), rows.getBytes(4)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw StreamErrors.of(e);
    }
  }

  private static Array smallints(Connection connection, int[] numbers) throws SQLException {
    return connection.createArrayOf("int2", Arrays.stream(numbers).boxed().toArray());
  }

  /** Where these streams stand. */
  Map<UUID, StreamState> states(Collection<UUID> streams) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT id, first_sequence, next_sequence - 1, ended, kind FROM streams
                WHERE id = ANY (?::uuid[])
                """)) {
      statement.setArray(1, connection.createArrayOf("uuid", streams.toArray(UUID[]::new)));
      var states = new HashMap<UUID, StreamState>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          states.put(
              rows.getObject(1, UUID.class),
              new StreamState(
                  rows.getLong(2), rows.getLong(3), rows.getBoolean(4), rows.getString(5)));
        }
      }
      return states;
    } catch (SQLException e) {
      throw StreamErrors.of(e);
    }
  }

  /** A producer's highest committed number, 0 for a new producer. */
  long producerSequence(UUID stream, String producer) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT last_sequence FROM producers WHERE stream_id = ? AND producer_id = ?")) {
      statement.setObject(1, stream);
      statement.setString(2, producer);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw StreamErrors.of(e);
    }
  }
}
