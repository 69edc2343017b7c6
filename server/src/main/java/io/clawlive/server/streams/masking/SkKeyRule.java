package io.clawlive.server.streams.masking;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keys that begin with {@code sk-}: of OpenAI, Anthropic, OpenRouter and those who copied them. */
final class SkKeyRule implements Rule {

  /** A key has more letters and digits than this in one piece, or shows its maker first. */
  private static final int PIECE = 20;

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (!text.startsToken(start)) {
      return end;
    }
    int body = start + 3;
    int piece = text.skip(body, ByteSet.ALNUM, PIECE) - body;
    Kind kind = piece == PIECE ? Kind.API_KEY : maker(text, start, body + piece);
    if (kind == null) {
      return end;
    }
    int keyEnd = text.skip(body, ByteSet.BASE64_URL);
    found.add(start, keyEnd, kind);
    return keyEnd;
  }

  /** Whose key it is, when a short piece stands before the first dash; null when it is none. */
  private static @Nullable Kind maker(Text text, int start, int dash) {
    // Inside a longer word it is one of its parts.
    if (text.at(dash) != '-' || ByteSet.BASE64_URL.contains(text.at(start - 1))) {
      return null;
    }
    int seen = text.skip(dash, ByteSet.BASE64_URL, 64);
    if (seen - start < PIECE) {
      return null;
    }
    return switch (new String(text.bytes(), start, dash - start, StandardCharsets.ISO_8859_1)) {
      case "sk-ant" -> Kind.ANTHROPIC_KEY;
      case "sk-proj", "sk-svcacct", "sk-admin" -> Kind.OPENAI_KEY;
      case "sk-or" -> Kind.OPENROUTER_KEY;
      // Names of SSH key types.
      case "sk-ssh", "sk-ecdsa" -> null;
      // It may as well be a slug of words, but a key has digits among its letters.
      default -> digits(text, dash, seen) >= 4 ? Kind.API_KEY : null;
    };
  }

  private static int digits(Text text, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += ByteSet.DIGIT.contains(text.at(i)) ? 1 : 0;
    }
    return digits;
  }
}
