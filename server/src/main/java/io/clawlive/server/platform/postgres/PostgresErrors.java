package io.clawlive.server.platform.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/** What a failure of PostgreSQL means for whoever met it. */
public final class PostgresErrors {
  private PostgresErrors() {}

  /**
   * True when the same work can succeed later: the connection, the server or a lock was at fault.
   */
  public static boolean isTransient(SQLException e) {
    String state = stateOf(e);
    return e instanceof SQLTransientException
        || state.startsWith("08") // connection
        || state.startsWith("57P") // shutdown, crash, starting up
        || state.startsWith("40") // deadlock, serialisation
        || state.equals("53300") // too many connections
        || isGivenUp(e);
  }

  /** What the pool says of a connection that it has already given up: a sentence and no state. */
  private static boolean isGivenUp(SQLException e) {
    return e.getSQLState() == null && "Connection is closed".equals(e.getMessage());
  }

  /** True when the disk is full. */
  public static boolean isDiskFull(SQLException e) {
    return stateOf(e).equals("53100");
  }

  /** True when a text holds what PostgreSQL's texts cannot: the character zero. */
  public static boolean isUnstorableText(SQLException e) {
    return stateOf(e).equals("22021") || stateOf(e).equals("22P05");
  }

  private static String stateOf(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
