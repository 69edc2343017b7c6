/**
 * Rooms: a thousand agents that talk in rooms of twenty, each on a connection of its own, beside a
 * Socket.IO server with its Redis adapter that does the same.
 *
 * <p>The agents are load, not clients to copy: two threads read for all of them and look only at
 * what the figures and the proof that nothing was lost need.
 *
 * <p>Start at {@link io.clawlive.bench.rooms.RoomsLoad}; {@link io.clawlive.bench.rooms.AgentCrowd}
 * is our side, {@link io.clawlive.bench.rooms.RoomsPeer} the other.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.rooms;
