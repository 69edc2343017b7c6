package io.clawlive.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects rows; tells each at once on stderr, and all of them at the end. */
public final class Report {
  private static final List<String> HEADINGS =
      List.of("workload", "measured", "ours", "unit", "peer", "theirs", "ratio", "required", "ok?");

  private final Map<String, String> facts = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Row> rows = Collections.synchronizedList(new ArrayList<>());

  /** Takes something that a reader must know of the machine. */
  public void fact(String name, String value) {
    facts.put(name, value);
    progress(name + ": " + value);
  }

  /** Takes a row. */
  public void add(Row row) {
    rows.add(row);
    progress("  " + String.join("  ", cells(row)).strip());
  }

  /** Says on stderr what is going on. */
  public static void progress(String text) {
    System.err.println(text);
  }

  /** Whether a requirement was missed. */
  public boolean missed() {
    return rows.stream().anyMatch(row -> row.verdict() == Verdict.MISSED);
  }

  /** The rows so far. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** For people: what the machine is, the table, and the notes below it. */
  public String text() {
    var text = new StringBuilder();
    facts.forEach((name, value) -> text.append("%s: %s\n".formatted(name, value)));
    text.append('\n').append(table());
    rows().stream()
        .filter(row -> !row.note().isEmpty())
        .forEach(
            row -> text.append("\n* %s, %s: %s".formatted(row.workload(), row.what(), row.note())));
    return text.toString().stripTrailing();
  }

  private String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    rows().forEach(row -> lines.add(cells(row)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> line : lines) {
      var padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean number = i == 2 || i == 5 || i == 6;
        String gap = " ".repeat(widths[i] - line.get(i).length());
        padded.append(number ? gap + line.get(i) : line.get(i) + gap).append("  ");
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.workload(),
        row.what(),
        number(row.ours()),
        row.unit(),
        row.peer(),
        number(row.theirs()),
        number(row.ratio()),
        row.required().toString(),
        row.verdict().toString());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Numbers.plain(value);
  }

  /**
   * The same for programs: what the machine is, then the rows. Figures that are missing are null.
   */
  public String json() {
    var json = new JsonText();
    json.open('{');
    json.name("environment").open('{');
    facts.forEach((name, value) -> json.name(name).text(value));
    json.close('}');
    json.name("rows").open('[');
    for (Row row : rows()) {
      json.open('{');
      json.name("workload").text(row.workload());
      json.name("measured").text(row.what());
      json.name("ours").number(row.ours());
      json.name("unit").text(row.unit());
      json.name("peer").text(row.peer());
      json.name("theirs").number(row.theirs());
      json.name("ratio").number(row.ratio());
      json.name("required").text(row.required().toString());
      json.name("verdict").text(row.verdict().name());
      json.name("note").text(row.note());
      json.close('}');
    }
    json.close(']').close('}');
    return json.toString();
  }
}
