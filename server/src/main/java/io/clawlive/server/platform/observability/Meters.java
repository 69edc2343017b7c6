package io.clawlive.server.platform.observability;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Keeps the figures in memory; without a registry of its own the composite would drop them. */
@Factory
final class Meters {
  @Singleton
  SimpleMeterRegistry memory() {
    return new SimpleMeterRegistry();
  }
}
