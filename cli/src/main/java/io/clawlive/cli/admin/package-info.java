/**
 * Commands for administrators: {@code admin} (accounts, signing keys) and {@code audit}. They work
 * with an administrator's login, or on the server's own machine with what the server left there.
 *
 * <p>Public: {@link io.clawlive.cli.admin.AdminCommands}.
 */
@NullMarked
package io.clawlive.cli.admin;

import org.jspecify.annotations.NullMarked;
