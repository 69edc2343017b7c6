/**
 * Which server a command talks to, as whom, and on which session: flag before environment before
 * profile, decided in one place.
 *
 * <p>Public: {@link io.clawlive.cli.connection.ServerOptions} (start here), {@link
 * io.clawlive.cli.connection.SessionChoice}, {@link io.clawlive.cli.connection.Target}, {@link
 * io.clawlive.cli.connection.Address}, {@link io.clawlive.cli.connection.Credential}.
 */
@NullMarked
package io.clawlive.cli.connection;

import org.jspecify.annotations.NullMarked;
