/**
 * Commands about the life of a session: {@code start}, {@code pause}, {@code resume}, {@code
 * heartbeat}, {@code end}, {@code visibility}, {@code sessions}.
 *
 * <p>Public: {@link io.clawlive.cli.live.LiveCommands}, {@link io.clawlive.cli.live.SessionStart}.
 */
@NullMarked
package io.clawlive.cli.live;

import org.jspecify.annotations.NullMarked;
