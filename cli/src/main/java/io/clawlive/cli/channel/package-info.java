/**
 * The command that connects any program to an agent's channel, by JSON lines: {@code agent run}.
 *
 * <p>Public: {@link io.clawlive.cli.channel.ChannelCommands}. Start reading at AgentRunCommand;
 * Bridge turns what happens into lines, Requests turns lines into what the agent does, Program is
 * the process between them.
 */
@NullMarked
package io.clawlive.cli.channel;

import org.jspecify.annotations.NullMarked;
