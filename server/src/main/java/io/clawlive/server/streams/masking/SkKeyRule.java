package io.clawlive.server.streams.masking;

import org.jspecify.annotations.Nullable;

/** Keys that begin with {@code sk-}: of OpenAI, Anthropic, OpenRouter and those who copied them. */
final class SkKeyRule implements Rule {

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (!text.startsToken(start)) {
      return end;
    }
    int seen = text.skip(start, ByteSet.BASE64_URL, 64);
    Kind kind = seen - start < 20 ? null : kind(text, start + 3, seen);
    if (kind == null) {
      return end;
    }
    int keyEnd = text.skip(seen, ByteSet.BASE64_URL);
    found.add(start, keyEnd, kind);
    return keyEnd;
  }

  private static @Nullable Kind kind(Text text, int body, int keyEnd) {
    if (text.has(body, "ant-")) {
      return Kind.ANTHROPIC_KEY;
    }
    if (text.has(body, "proj-") || text.has(body, "svcacct-") || text.has(body, "admin-")) {
      return Kind.OPENAI_KEY;
    }
    if (text.has(body, "or-")) {
      return Kind.OPENROUTER_KEY;
    }
    int firstPart = text.skip(body, ByteSet.ALNUM) - body;
    // With dashes in it, it may as well be a slug of words: a key has digits among its letters.
    return firstPart >= 20 || (firstPart <= 12 && digits(text, body, keyEnd) >= 4)
        ? Kind.API_KEY
        : null;
  }

  private static int digits(Text text, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += ByteSet.DIGIT.contains(text.at(i)) ? 1 : 0;
    }
    return digits;
  }
}
