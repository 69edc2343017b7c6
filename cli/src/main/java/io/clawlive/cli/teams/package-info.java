/**
 * Commands about teams of agents: {@code team list|show|classify|send|reload}.
 *
 * <p>Public: {@link io.clawlive.cli.teams.TeamCommands}.
 */
@NullMarked
package io.clawlive.cli.teams;

import org.jspecify.annotations.NullMarked;
