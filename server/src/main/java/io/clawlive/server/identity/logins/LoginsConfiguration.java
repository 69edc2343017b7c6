package io.clawlive.server.identity.logins;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of logins, their tokens and the keys that sign them.
 *
 * @param issuer who signs, claim {@code iss}
 * @param audience for whom, claim {@code aud}
 * @param accessTokenLifetime the longest an access token lives; a key stays known that much longer
 *     than it signs
 * @param refreshTokenLifetime how long a refresh token works; each use gives a new one, so a login
 *     that is used at least this often goes on
 * @param deviceCodeLifetime how long a device login waits for approval
 * @param signingKeyLifetime how long a key signs before the next one takes over
 * @param signingKeyRefresh how old this server's view of the keys may be; what another server
 *     revoked is refused here that much later
 */
@ConfigurationProperties("clawlive.identity")
public record LoginsConfiguration(
    @Bindable(defaultValue = "clawlive") String issuer,
    @Bindable(defaultValue = "clawlive") String audience,
    @Bindable(defaultValue = "24h") Duration accessTokenLifetime,
    @Bindable(defaultValue = "7d") Duration refreshTokenLifetime,
    @Bindable(defaultValue = "10m") Duration deviceCodeLifetime,
    @Bindable(defaultValue = "30d") Duration signingKeyLifetime,
    @Bindable(defaultValue = "2s") Duration signingKeyRefresh) {}
