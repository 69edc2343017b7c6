/**
 * Commands about who is calling: {@code register}, {@code login}, {@code logout}, {@code whoami},
 * {@code passwd}, {@code approve}, {@code deny}, {@code links}.
 *
 * <p>However one signs in, {@code SignIn} keeps the tokens and answers. Tokens and passwords come
 * in by {@code PasswordInput} or standard input and are never printed.
 *
 * <p>Public: {@link io.clawlive.cli.identity.IdentityCommands}, {@link
 * io.clawlive.cli.identity.PasswordInput}.
 */
@NullMarked
package io.clawlive.cli.identity;

import org.jspecify.annotations.NullMarked;
