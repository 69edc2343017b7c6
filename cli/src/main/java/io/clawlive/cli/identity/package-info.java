/**
 * Commands about who is calling: {@code login}, {@code whoami}.
 *
 * <p>Public: {@link io.clawlive.cli.identity.IdentityCommands}.
 */
@NullMarked
package io.clawlive.cli.identity;

import org.jspecify.annotations.NullMarked;
