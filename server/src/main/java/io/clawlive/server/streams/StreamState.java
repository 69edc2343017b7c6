package io.clawlive.server.streams;

/**
 * Where a stream stands in the table.
 *
 * @param firstSequence the lowest sequence that retention left
 * @param lastSequence the newest sequence, 0 on an empty stream
 * @param ended true when it takes no more
 * @param kind what it was opened as
 */
public record StreamState(long firstSequence, long lastSequence, boolean ended, String kind) {}
