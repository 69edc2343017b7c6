package io.clawlive.server.streams.masking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The tables of texts with and without secrets. */
final class MaskingCases {

  /** A text with a secret, and what it becomes. */
  record Secret(String text, String masked) {}

  private MaskingCases() {}

  static List<Secret> secrets() {
    return rows("secrets.txt").stream()
        .map(row -> row.split(" ⇒ ", -1))
        .map(sides -> new Secret(decode(sides[0]), decode(sides[1])))
        .toList();
  }

  static List<String> clean() {
    return rows("clean.txt").stream().map(MaskingCases::decode).toList();
  }

  private static List<String> rows(String file) {
    try (InputStream in = MaskingCases.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(row -> !row.isBlank() && !row.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  private static String decode(String row) {
    return row.replace("¦", "")
        .replace("\\e", "\u001b")
        .replace("\\a", "\u0007")
        .replace("\\t", "\t")
        .replace("\\j", "\n")
        .replace("\\z", "\u200b");
  }
}
