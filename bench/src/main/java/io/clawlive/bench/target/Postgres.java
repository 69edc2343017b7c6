package io.clawlive.bench.target;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The PostgreSQL under the server, for the peers that use the same one.
 *
 * @param jdbcUrl without a credential
 * @param password may be empty
 */
public record Postgres(String jdbcUrl, String user, String password) {

  /** A connection that commits as durably as the server's own. */
  public Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("options", "-c synchronous_commit=on");
    properties.setProperty("ApplicationName", "clawlive-bench");
    // Binary from the first row on, as the fastest reader would ask for.
    properties.setProperty("prepareThreshold", "-1");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** Version and the settings that decide what a commit costs. */
  public String describe() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT current_setting('server_version'), current_setting('fsync'),
                  current_setting('synchronous_commit'), current_setting('shared_buffers'),
                  current_setting('full_page_writes'), current_setting('wal_sync_method')
                """)) {
      row.next();
      return "%s, fsync %s, synchronous_commit %s, shared_buffers %s, full_page_writes %s, %s"
          .formatted(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getString(6));
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
