package io.clawlive.server.platform.secrets;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's keyset is. The environment variable {@code CLAWLIVE_KEYSET}, which holds the
 * keyset itself, wins over the file; it is not part of this record, so that nothing prints it.
 *
 * @param file path of the keyset; made at the first start when it is not there
 */
@ConfigurationProperties("clawlive.secrets")
public record SecretsConfiguration(@Nullable String file) {}
