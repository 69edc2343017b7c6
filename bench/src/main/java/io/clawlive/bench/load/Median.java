package io.clawlive.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Repetitions of one measurement. The middle one stands for all, whatever the worst one met. */
public final class Median {
  private final List<Double> values = new ArrayList<>();

  /** Takes a repetition's figure. */
  public void add(double value) {
    values.add(value);
  }

  /** The middle figure; for an even number the mean of the two in the middle. */
  public double value() {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
