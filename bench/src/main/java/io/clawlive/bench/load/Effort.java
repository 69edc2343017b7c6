package io.clawlive.bench.load;

/**
 * How long and how often to measure.
 *
 * @param repetitions of each pair of measurements, ours and the peer's in turn
 * @param seconds of one measurement
 * @param replayEvents events of the replay
 * @param pipeLines lines of the pipe
 * @param faultMinutes how long servers are killed
 * @param agents agents in rooms
 */
public record Effort(
    int repetitions,
    double seconds,
    int replayEvents,
    int pipeLines,
    double faultMinutes,
    int agents) {

  /** What the figures in a report should be made with. */
  public static Effort full(double faultMinutes, int agents) {
    return new Effort(3, 4, 1_000_000, 1_000_000, faultMinutes, agents);
  }

  /** Enough to see whether everything works; the figures wobble. */
  public static Effort quick(int agents) {
    return new Effort(1, 2, 200_000, 200_000, 0.5, agents);
  }
}
