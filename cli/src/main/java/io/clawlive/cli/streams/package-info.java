/**
 * Commands that write events and read them: {@code thought}, {@code log}, {@code proof}, {@code
 * pipe}, {@code run}; {@code watch}, {@code replay}, {@code export}.
 *
 * <p>Writers that take more than one event keep what is not yet acknowledged in {@code
 * CLAWLIVE_HOME/spool}; {@code Spool} owns that folder. Public: {@link
 * io.clawlive.cli.streams.StreamCommands}. Start with {@code PipeCommand} and {@code WatchCommand}.
 */
@NullMarked
package io.clawlive.cli.streams;

import org.jspecify.annotations.NullMarked;
