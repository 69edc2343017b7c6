package io.clawlive.server.platform.web;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the web door.
 *
 * @param origins other origins whose pages may call the contract, such as {@code
 *     https://dash.example.com}; none by default. They send a credential of their own: cookies
 *     count for pages of this door alone.
 * @param trustedProxies addresses or networks of proxies whose {@code X-Forwarded-For} is believed;
 *     none by default
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last
 */
@ConfigurationProperties("clawlive.web")
public record WebConfiguration(
    @Nullable List<String> origins,
    @Nullable List<String> trustedProxies,
    @Bindable(defaultValue = "30s") Duration requestTimeout) {

  /** Whether pages of this origin may call. */
  boolean takes(String origin) {
    return origins != null && origins.contains(origin);
  }
}
