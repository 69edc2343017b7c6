package io.clawlive.server.platform.postgres;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the address known to whoever asks for it. */
@Factory
final class PostgresBeans {
  @Singleton
  PostgresAddress address(PostgresSource source) {
    return source.address();
  }
}
