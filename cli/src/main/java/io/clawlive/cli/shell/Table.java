package io.clawlive.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, as wide as their content needs and never wider than the terminal. */
public final class Table {
  private static final int GAP = 2;
  private static final int LEAST = 8;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings and no rows. */
  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row with one cell for every heading. */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells under %d headings".formatted(cells.length, headings.size()));
    }
    rows.add(Arrays.stream(cells).map(cell -> oneLine(String.valueOf(cell))).toList());
    return this;
  }

  void print(PrintWriter out, int columns) {
    int[] widths = widths(columns);
    line(out, headings, widths);
    rows.forEach(row -> line(out, row, widths));
  }

  /** Shortens the widest column, again and again, until a line fits. */
  private int[] widths(int columns) {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              headings.get(i).length(),
              rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
    }
    long room = (long) columns - (long) GAP * (widths.length - 1);
    while (Arrays.stream(widths).asLongStream().sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static void line(PrintWriter out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = fit(cells.get(i), widths[i]);
      line.append(cell);
      line.repeat(' ', widths[i] - length(cell) + GAP);
    }
    out.println(line.toString().stripTrailing());
  }

  private static String fit(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** Names come from other people: nothing in them may break the line or steer the terminal. */
  private static String oneLine(String cell) {
    return cell.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
