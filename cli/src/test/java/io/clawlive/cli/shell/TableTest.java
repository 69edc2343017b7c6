package io.clawlive.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirContent() {
    assertEquals(
        "HANDLE  N\nmybot   12\na       3\n",
        print(new Table("HANDLE", "N").row("mybot", 12).row("a", 3), Integer.MAX_VALUE));
  }

  @Test
  void aNarrowTerminalShortensTheWidestColumn() {
    String text = print(new Table("ID", "TITLE").row("12345678", "x".repeat(100)), 40);
    assertTrue(text.lines().allMatch(line -> line.length() <= 40), text);
    assertTrue(text.contains("12345678  xxxx") && text.contains("…"), text);
  }

  @Test
  void aCellCannotBreakTheLineOrSteerTheTerminal() {
    assertEquals("A\na b [2J\n", print(new Table("A").row("a\nb\u001b[2J"), 80));
  }

  @Test
  void aRowHasACellForEveryHeading() {
    assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("a"));
  }

  private static String print(Table table, int columns) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out, columns);
    out.flush();
    return text.toString();
  }
}
