/**
 * Commands about the secrets that sandboxes get: {@code secret set|list|rm}.
 *
 * <p>Public: {@link io.clawlive.cli.secrets.SecretCommands}.
 */
@NullMarked
package io.clawlive.cli.secrets;

import org.jspecify.annotations.NullMarked;
