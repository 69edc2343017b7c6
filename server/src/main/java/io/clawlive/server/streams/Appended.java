package io.clawlive.server.streams;

/**
 * What became of a batch.
 *
 * @param inserted events stored anew
 * @param producerSequence the producer's highest committed number
 * @param sequence position of the last event stored anew, 0 when there was none
 */
public record Appended(int inserted, long producerSequence, long sequence) {}
