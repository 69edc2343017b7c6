/**
 * The commands about rooms, their tasks and questions, and about what is said in rooms and beside
 * sessions: {@code rooms}, {@code tasks}, {@code chat}, {@code admin rebuild rooms}.
 *
 * <p>Public: {@link io.clawlive.cli.rooms.RoomCommands}. Start reading at RoomAccess, which every
 * command mixes in.
 */
@NullMarked
package io.clawlive.cli.rooms;

import org.jspecify.annotations.NullMarked;
