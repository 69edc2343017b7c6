package io.clawlive.server.streams;

/**
 * How far a stream reaches.
 *
 * @param last its newest sequence
 * @param ended true when it takes no more
 */
record Reach(long last, boolean ended) {

  /** What both know together. */
  Reach and(Reach other) {
    return new Reach(Math.max(last, other.last), ended || other.ended);
  }
}
