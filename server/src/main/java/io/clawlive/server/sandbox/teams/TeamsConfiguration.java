package io.clawlive.server.sandbox.teams;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where the teams are.
 *
 * @param folder of files {@code <team>.toml}; null means {@code teams} in the server's home
 */
@ConfigurationProperties("clawlive.teams")
record TeamsConfiguration(@Nullable String folder) {}
