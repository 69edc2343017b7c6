package io.clawlive.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
  private record Line(String text, boolean continued) {}

  static Stream<Arguments> treatments() {
    return Stream.of(
        Arguments.of("nothing", bytes(""), List.of()),
        Arguments.of("a line", bytes("a\n"), List.of("a")),
        Arguments.of("no end", bytes("a\nb"), List.of("a", "b")),
        Arguments.of("empty lines", bytes("\n\na\n"), List.of("", "", "a")),
        Arguments.of("CR LF", bytes("a\r\nb\r\n\r\n"), List.of("a", "b", "")),
        Arguments.of("progress bar", bytes("\r10%\r20%\r\r100%\n"), List.of("10%", "20%", "100%")),
        Arguments.of("CR at the end", bytes("a\r"), List.of("a")),
        Arguments.of("CR and nothing", bytes("\r"), List.of()),
        Arguments.of("CR CR LF", bytes("a\r\r\nb"), List.of("a", "", "b")),
        Arguments.of(
            "colour and tab",
            bytes("\u001b[31mred\u001b[0m\tx"),
            List.of("\u001b[31mred\u001b[0m\tx")),
        Arguments.of("controls", new byte[] {'a', 0, 7, 8, 0x7f, 'b'}, List.of("a␀␇␈␡b")),
        Arguments.of("C1 control", bytes("a\u009b2Jb"), List.of("a\ufffd2Jb")),
        Arguments.of(
            "invalid UTF-8",
            new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3},
            List.of("a\ufffdb\ufffd")),
        Arguments.of(
            "overlong NUL", new byte[] {(byte) 0xc0, (byte) 0x80}, List.of("\ufffd\ufffd")),
        Arguments.of("other scripts", bytes("日本 🦞\n"), List.of("日本 🦞")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("treatments")
  void bytesBecomeTheLinesOfTheRuleBook(String name, byte[] input, List<String> expected) {
    assertEquals(expected, texts(split(input, input.length == 0 ? 1 : input.length)));
    assertEquals(expected, texts(split(input, 1)), name + ", byte by byte");
  }

  @Test
  void aMillionCharactersAreCutIntoContinuedPartsAndNothingIsLost() {
    String text = "0123456789".repeat(100_000);
    List<Line> lines = split(bytes(text + "\nnext\n"), 8192);
    assertEquals(17, lines.size());
    for (int i = 0; i < 15; i++) {
      assertTrue(lines.get(i).continued());
      assertEquals(LineSplitter.MOST_BYTES, lines.get(i).text().length());
    }
    assertFalse(lines.get(15).continued());
    assertEquals(text, String.join("", texts(lines.subList(0, 16))));
    assertEquals(new Line("next", false), lines.get(16));
  }

  @Test
  void aCutNeverFallsInsideACharacter() {
    String text = "x" + "🦞".repeat(40_000);
    List<Line> lines = split(bytes(text), 1000);
    assertEquals(text, String.join("", texts(lines)));
    for (Line line : lines) {
      assertTrue(bytes(line.text()).length <= LineSplitter.MOST_BYTES);
      assertFalse(Character.isHighSurrogate(line.text().charAt(line.text().length() - 1)));
    }
  }

  @Test
  void aLineOfExactlyTheLimitIsOnePart() {
    List<Line> lines = split(bytes("x".repeat(LineSplitter.MOST_BYTES) + "\n"), 4096);
    assertEquals(List.of(false), lines.stream().map(Line::continued).toList());
  }

  @Test
  void invalidBytesCountAsWhatReplacesThem() {
    byte[] garbage = new byte[100_000];
    Arrays.fill(garbage, (byte) 0xfe);
    for (Line line : split(garbage, 777)) {
      assertTrue(bytes(line.text()).length <= LineSplitter.MOST_BYTES);
    }
  }

  @Test
  void randomBytesAreTreatedTheSameHoweverTheyArrive() {
    byte[] garbage = new byte[300_000];
    new Random(7).nextBytes(garbage);
    assertEquals(split(garbage, garbage.length), split(garbage, 13));
  }

  private static List<Line> split(byte[] input, int chunk) {
    List<Line> lines = new ArrayList<>();
    LineSplitter splitter =
        new LineSplitter((text, continued) -> lines.add(new Line(text, continued)));
    for (int from = 0; from < input.length; from += chunk) {
      splitter.accept(input, from, Math.min(chunk, input.length - from));
    }
    splitter.end();
    return lines;
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
