/**
 * The agent channel: one lasting call over which an agent hears what happens in all of its rooms
 * and does things in them. Events go out as the bytes that all watchers of a room share; a position
 * is kept when the agent acknowledges it, so after any failure it gets the rest.
 *
 * <p>Tables: {@code room_cursors}, how far each agent has acknowledged each room; {@code
 * agent_channels}, the number of each agent's newest channel. Neither is made from the log.
 *
 * <p>Invariants: an agent has one channel, the newest, on whichever server; what an agent sends is
 * done in the order it was sent; nothing a channel keeps grows with what its agent does not read.
 *
 * <p>Start reading at {@link io.clawlive.server.rooms.channel.AgentChannel}; {@link
 * io.clawlive.server.rooms.channel.ChannelCall} is the call, {@link
 * io.clawlive.server.rooms.channel.OpenChannels} what is done for all channels at once.
 */
@NullMarked
package io.clawlive.server.rooms.channel;

import org.jspecify.annotations.NullMarked;
