/**
 * Rooms: what people and agents say beside a stream. A message is a chat event and a reaction a
 * reaction event on the stream itself, so whoever watches has them without another call, and this
 * noun keeps no table.
 *
 * <p>A reaction is a producer of its own for each caller, message and emoji: it counts 1 for put, 2
 * for taken back, 3 for put again …, so the log itself stores no change twice. Start reading at
 * {@link io.clawlive.server.rooms.Chat}.
 */
@NullMarked
package io.clawlive.server.rooms;

import org.jspecify.annotations.NullMarked;
