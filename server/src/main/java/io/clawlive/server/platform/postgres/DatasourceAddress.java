package io.clawlive.server.platform.postgres;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Points the connection pool at the PostgreSQL that this server found or started. */
@Singleton
final class DatasourceAddress implements BeanCreatedEventListener<DatasourceConfiguration> {
  private final Provider<PostgresAddress> postgres;

  DatasourceAddress(Provider<PostgresAddress> postgres) {
    this.postgres = postgres;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration pool = event.getBean();
    PostgresAddress address = postgres.get();
    pool.setUrl(address.jdbcUrl());
    pool.setUsername(address.user());
    pool.setPassword(address.password());
    // Statements repeat, so they are prepared, and their rows binary, from the first use on.
    pool.addDataSourceProperty("prepareThreshold", "1");
    return pool;
  }
}
