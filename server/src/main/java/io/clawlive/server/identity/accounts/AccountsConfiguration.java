package io.clawlive.server.identity.accounts;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Settings of accounts.
 *
 * @param openRegistration true lets anybody make an account; the first account is always open
 */
@ConfigurationProperties("clawlive.identity")
public record AccountsConfiguration(@Bindable(defaultValue = "false") boolean openRegistration) {}
