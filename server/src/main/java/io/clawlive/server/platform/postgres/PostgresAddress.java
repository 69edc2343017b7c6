package io.clawlive.server.platform.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where PostgreSQL is and how to get in.
 *
 * @param jdbcUrl without a credential in it
 */
public record PostgresAddress(String jdbcUrl, String user, String password) {

  /**
   * Opens a connection outside the pool, for whoever keeps one for good.
   *
   * @param options settings of the session, as in {@code -c name=value}
   */
  public Connection connect(String options) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("options", options);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  @Override
  public String toString() {
    return "PostgresAddress[" + jdbcUrl + "]";
  }
}
