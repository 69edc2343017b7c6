package io.clawlive.server.streams.masking;

/**
 * A JSON web token: two parts that are base64url of a JSON object (so they begin with {@code eyJ})
 * or, when encrypted, one and four others.
 */
final class JwtRule implements Rule {

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    if (!text.startsToken(start) || ByteSet.BASE64_URL.contains(text.at(start - 1))) {
      return end;
    }
    int partEnd = text.skip(start, ByteSet.BASE64_URL);
    if (partEnd - start < 12 || text.at(partEnd) != '.') {
      return end;
    }
    boolean signed = text.has(partEnd + 1, "eyJ");
    int parts = 1;
    while (parts < 5 && text.at(partEnd) == '.') {
      partEnd = text.skip(partEnd + 1, ByteSet.BASE64_URL);
      parts++;
    }
    if (!signed && (parts < 3 || partEnd - start < 60)) {
      return end;
    }
    found.add(start, partEnd, Kind.JWT);
    return partEnd;
  }
}
