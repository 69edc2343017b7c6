package io.clawlive.server.platform.postgres.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** The connection to a running PostgreSQL, by which it shows that it is the right one. */
final class Database {
  static final String NAME = "clawlive";
  private static final String NO_SUCH_DATABASE = "3D000";

  private final String password;

  Database(String password) {
    this.password = password;
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
  }

  /** Makes the database when it is missing. */
  void create(int port) throws SQLException {
    try (Connection connection = connect(port, NAME)) {
      connection.isValid(5);
    } catch (SQLException e) {
      if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
        throw e;
      }
      try (Connection connection = connect(port, "postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + NAME);
      }
    }
  }

  /**
   * Whether the PostgreSQL behind the port takes our password, works on this cluster and keeps what
   * it confirms.
   */
  boolean isServedSafely(int port, Path cluster) throws SQLException {
    try (Connection connection = connect(port, "postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT current_setting('data_directory'),
                       current_setting('fsync') = 'on'
                       AND current_setting('synchronous_commit') = 'on'
                       AND current_setting('full_page_writes') = 'on'
                """)) {
      return row.next() && row.getString(1).equals(cluster.toString()) && row.getBoolean(2);
    }
  }

  private Connection connect(int port, String database) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", Cluster.USER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "5");
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know " + url);
    }
    return connection;
  }
}
