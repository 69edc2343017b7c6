package io.clawlive.server.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Time is a bean, so that a test can move it. */
@Factory
final class Clocks {
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
