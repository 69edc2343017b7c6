/**
 * The command about what is said beside a session: {@code chat}.
 *
 * <p>Public: {@link io.clawlive.cli.rooms.RoomCommands}.
 */
@NullMarked
package io.clawlive.cli.rooms;

import org.jspecify.annotations.NullMarked;
