package io.clawlive.server.identity.oauth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Patience with providers.
 *
 * @param connectTimeout for a connection
 * @param timeout for a whole answer
 */
@ConfigurationProperties("clawlive.identity.oauth")
record OAuthConfiguration(
    @Bindable(defaultValue = "3s") Duration connectTimeout,
    @Bindable(defaultValue = "10s") Duration timeout) {}
