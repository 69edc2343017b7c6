package io.clawlive.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
  @ParameterizedTest
  @CsvSource({
    "a^[[2Jb, ab",
    "a^[[10;10Hb, ab",
    "a^[[?25lb, ab",
    "a^[]0;title^Gb, ab",
    "a^[]52;c;ZXZpbA==^[\\b, ab",
    "a^[]8;;http://x^[\\link^[]8;;^[\\b, alinkb",
    "a^[P1$r^[\\b, ab",
    "a^[cb, ab",
    "a^[(0b, ab",
    "a^[7b, ab",
    "a^[, a",
    "a^[[, a",
    "a^[[31, a",
    "a^[]never ended, anever ended",
    "a^Gb, a␇b",
    "a^[[>4;2mb, ab",
    "a^[^[[2Jb, ab"
  })
  void whatSteersTheTerminalIsTakenOut(String text, String expected) {
    assertEquals(expected, TerminalText.safe(controls(text), true));
  }

  @Test
  void coloursStayAndAreResetAtTheEnd() {
    assertEquals(controls("^[[1;31mred^[[0m"), TerminalText.safe(controls("^[[1;31mred"), true));
  }

  @Test
  void coloursGoWhereNoneAreWanted() {
    assertEquals("red", TerminalText.safe(controls("^[[1;31mred^[[m"), false));
  }

  @Test
  void eightBitSequencesAreTakenOutToo() {
    assertEquals("ab", TerminalText.safe("a\u009b2Jb", true));
    assertEquals("ab", TerminalText.safe("a\u009d0;title\u009cb", true));
  }

  @Test
  void theReadingDirectionCannotBeTurned() {
    assertEquals("a\ufffdb", TerminalText.safe("a\u202eb", true));
  }

  @Test
  void linesTabsAndOtherScriptsStay() {
    assertEquals("a\n\tb 日本 🦞", TerminalText.safe("a\n\tb 日本 🦞", true));
  }

  private static String controls(String text) {
    return text.replace("^[", "\u001b").replace("^G", "\u0007");
  }
}
