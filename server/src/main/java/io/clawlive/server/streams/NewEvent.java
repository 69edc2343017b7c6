package io.clawlive.server.streams;

/**
 * An event on its way to the table: masked, encoded, not yet placed.
 *
 * @param producerSequence the producer's number
 * @param kind the number of its payload field
 * @param level as in {@link StoredEvent}
 * @param content the encoded event without stream_id and sequence
 */
record NewEvent(long producerSequence, int kind, int level, byte[] content) {}
