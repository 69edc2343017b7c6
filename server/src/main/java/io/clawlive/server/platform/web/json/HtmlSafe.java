package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * Writes what could end a script or begin a tag as \\u escapes, so that an answer is harmless text
 * even where somebody pastes it into a page.
 */
final class HtmlSafe extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final String ESCAPED = "<>&'";

  private final int[] escapes = standardAsciiEscapesForJSON();

  HtmlSafe() {
    ESCAPED.chars().forEach(c -> escapes[c] = ESCAPE_STANDARD);
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return escapes.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    // The two line ends that JavaScript knows and JSON does not.
    return switch (c) {
      case 0x2028 -> new SerializedString("\\u2028");
      case 0x2029 -> new SerializedString("\\u2029");
      default -> null;
    };
  }
}
