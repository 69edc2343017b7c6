package io.clawlive.bench.report;

/** How a row came out. */
public enum Verdict {
  /** The requirement is met. */
  OK("ok"),
  /** The requirement is missed. */
  MISSED("MISSED"),
  /** Nothing is required. */
  INFORMS(""),
  /** It could not be measured here; the row's note says why. */
  NOT_RUN("not run");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
