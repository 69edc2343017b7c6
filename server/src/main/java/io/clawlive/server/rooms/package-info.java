/**
 * Rooms: people and agents chat, share tasks and decide together; and chat beside a session.
 * Everything that happens is an event on the room's stream, and an event holds the whole thing as
 * it is afterwards.
 *
 * <p>Tables: {@code rooms}, {@code room_members}, {@code room_invitations}, {@code room_tasks},
 * {@code room_approvals}, {@code chat_changes}, all made from the log alone; {@code room_cursors}
 * and {@code room_audiences}, which no event tells.
 *
 * <p>Invariants: a room changes only within {@link io.clawlive.server.rooms.RoomChanges}, one
 * change at a time on all servers; {@link io.clawlive.server.rooms.RoomProjection} alone writes the
 * tables, in the transaction of the event and again in a rebuild. Chat, reactions and progress are
 * written by the log in groups and have no table.
 *
 * <p>A reaction is a producer of its own for each caller, message and emoji: it counts 1 for put, 2
 * for taken back, 3 for put again …, so the log itself stores no change twice.
 *
 * <p>Public, for {@code rooms.channel}: what an agent does and where it is, {@link
 * io.clawlive.server.rooms.AgentDeeds} and {@link io.clawlive.server.rooms.AgentRooms}, and the
 * tasks. Start reading at {@link io.clawlive.server.rooms.RoomChanges}; for chat at {@link
 * io.clawlive.server.rooms.RoomChat}.
 */
@NullMarked
package io.clawlive.server.rooms;

import org.jspecify.annotations.NullMarked;
