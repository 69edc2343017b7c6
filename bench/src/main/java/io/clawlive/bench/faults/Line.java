package io.clawlive.bench.faults;

/**
 * The text of an event: who wrote it, and its number with that writer.
 *
 * @param writer such as {@code p07}
 * @param number from 1
 */
record Line(String writer, long number) {

  static Line parse(String text) {
    int dash = text.indexOf('-');
    int blank = text.indexOf(' ');
    return new Line(text.substring(0, dash), Long.parseLong(text.substring(dash + 1, blank)));
  }

  /** About as long as any other event. */
  String text() {
    return "%s-%d ".formatted(writer, number) + "an event that must be there once ".repeat(4);
  }
}
