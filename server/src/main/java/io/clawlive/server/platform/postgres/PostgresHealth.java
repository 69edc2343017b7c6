package io.clawlive.server.platform.postgres;

import io.clawlive.server.platform.observability.Health;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether PostgreSQL answers. */
@Singleton
final class PostgresHealth implements Health.Dependency {
  private static final int SECONDS = 1;

  private final DataSource dataSource;

  PostgresHealth(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public boolean required() {
    return true;
  }

  @Override
  public boolean answers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(SECONDS);
    } catch (SQLException away) {
      return false;
    }
  }
}
