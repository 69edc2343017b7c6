/**
 * The user's folder, CLAWLIVE_HOME: profiles, credentials, the current session, what a server on
 * this machine left there, and the place for events not yet sent.
 *
 * <p>Files: {@code config.toml} (profiles, meant to be edited), {@code credentials.toml} (secrets,
 * mode 0600, written by commands only), {@code state.toml} (current sessions), {@code
 * local-server.toml} (written by the server, read here), {@code spool/}. Every write is made under
 * a lock and replaces the whole file, so that commands that run side by side do not lose each
 * other's changes.
 *
 * <p>Public: {@link io.clawlive.cli.home.Home} (start here), {@link io.clawlive.cli.home.Profiles},
 * {@link io.clawlive.cli.home.Credentials}, {@link io.clawlive.cli.home.Login}, {@link
 * io.clawlive.cli.home.CurrentSessions}, {@link io.clawlive.cli.home.LocalServer}.
 */
@NullMarked
package io.clawlive.cli.home;

import org.jspecify.annotations.NullMarked;
