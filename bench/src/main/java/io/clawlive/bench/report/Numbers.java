package io.clawlive.bench.report;

import java.util.Locale;

/** Numbers as the table shows them. */
final class Numbers {
  private Numbers() {}

  /** About three digits that matter, with thousands separated. */
  static String plain(double value) {
    double size = Math.abs(value);
    if (size == Math.rint(size) && size < 1e15) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
