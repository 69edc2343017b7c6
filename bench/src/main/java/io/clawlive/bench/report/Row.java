package io.clawlive.bench.report;

/**
 * One line of the table.
 *
 * @param workload workload it belongs to
 * @param what what was measured
 * @param ours our figure; NaN when it was not run
 * @param unit unit of both figures
 * @param peer what it is held against; empty for an absolute limit or none
 * @param theirs the peer's figure in the same run; NaN without a peer
 * @param required what must be reached
 * @param note what a reader should know, may be empty
 */
public record Row(
    String workload,
    String what,
    double ours,
    String unit,
    String peer,
    double theirs,
    Requirement required,
    String note) {

  /** A figure alone. */
  public static Row of(String workload, String what, double ours, String unit) {
    return new Row(workload, what, ours, unit, "", Double.NaN, Requirement.none(), "");
  }

  /** A row that could not be measured here. */
  public static Row notRun(String workload, String what, String why) {
    return new Row(
        workload, what, Double.NaN, "", "", Double.NaN, Requirement.none(), "not run: " + why);
  }

  /** Beside a peer's figure. */
  public Row against(String name, double value) {
    return new Row(workload, what, ours, unit, name, value, required, note);
  }

  /** With a requirement. */
  public Row requires(Requirement value) {
    return new Row(workload, what, ours, unit, peer, theirs, value, note);
  }

  /** With a note. */
  public Row noted(String value) {
    return new Row(workload, what, ours, unit, peer, theirs, required, value);
  }

  /** Ours divided by the peer's; NaN without a peer. */
  public double ratio() {
    return ours / theirs;
  }

  /** How it came out. A figure that is missing meets no requirement. */
  public Verdict verdict() {
    if (note.startsWith("not run")) {
      return Verdict.NOT_RUN;
    }
    return switch (required) {
      case Requirement.None() -> Verdict.INFORMS;
      case Requirement.RatioAtLeast(double least) -> verdict(ratio() >= least);
      case Requirement.RatioAtMost(double most) -> verdict(ratio() <= most);
      case Requirement.AtMost(double most) -> verdict(ours <= most);
      case Requirement.AtLeast(double least) -> verdict(ours >= least);
    };
  }

  private static Verdict verdict(boolean met) {
    return met ? Verdict.OK : Verdict.MISSED;
  }
}
