package io.clawlive.server.platform.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;

/** Everything the server counts and measures, as text. */
@Singleton
public final class Figures {
  /** Version 0.0.4 of Prometheus' text format. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  Figures(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** The figures of this moment, in the format of {@link #CONTENT_TYPE}. */
  public String write() {
    return registry.scrape(CONTENT_TYPE);
  }
}
