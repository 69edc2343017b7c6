/**
 * Commands about API keys: {@code keys create|list|revoke|rotate}.
 *
 * <p>Public: {@link io.clawlive.cli.keys.KeyCommands}.
 */
@NullMarked
package io.clawlive.cli.keys;

import org.jspecify.annotations.NullMarked;
