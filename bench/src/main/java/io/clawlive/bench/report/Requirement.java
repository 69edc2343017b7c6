package io.clawlive.bench.report;

/** What a row must reach. */
public sealed interface Requirement {

  /** Nothing: the row informs. */
  record None() implements Requirement {
    @Override
    public String toString() {
      return "";
    }
  }

  /** Ours divided by the peer is at least this. */
  record RatioAtLeast(double ratio) implements Requirement {
    @Override
    public String toString() {
      return "ratio >= " + Numbers.plain(ratio);
    }
  }

  /** Ours divided by the peer is at most this. */
  record RatioAtMost(double ratio) implements Requirement {
    @Override
    public String toString() {
      return "ratio <= " + Numbers.plain(ratio);
    }
  }

  /** Our figure is at most this, in the row's unit. */
  record AtMost(double value) implements Requirement {
    @Override
    public String toString() {
      return "<= " + Numbers.plain(value);
    }
  }

  /** Our figure is at least this, in the row's unit. */
  record AtLeast(double value) implements Requirement {
    @Override
    public String toString() {
      return ">= " + Numbers.plain(value);
    }
  }

  /** A row that only informs. */
  static Requirement none() {
    return new None();
  }
}
