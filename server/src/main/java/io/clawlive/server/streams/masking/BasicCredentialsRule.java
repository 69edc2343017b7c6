package io.clawlive.server.streams.masking;

import java.util.Arrays;
import java.util.Base64;

/** {@code Basic} and base64 that decodes to {@code user:password}; the word stays. */
final class BasicCredentialsRule implements Rule {
  private static final int LONGEST = 512;
  private static final ByteSet PRINTABLE = ByteSet.range(0x20, 0x7e);

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int value = end - 1;
    int valueEnd = text.skip(value, ByteSet.BASE64, LONGEST);
    if (valueEnd - value < 8
        || !text.startsToken(start)
        || !isUserAndPassword(text, value, valueEnd)) {
      return end;
    }
    found.add(value, valueEnd, Kind.BASIC_AUTH);
    return valueEnd;
  }

  private static boolean isUserAndPassword(Text text, int from, int to) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text.bytes(), from, to));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    boolean colon = false;
    for (byte b : decoded) {
      colon |= b == ':';
      if (!PRINTABLE.contains(b & 0xff)) {
        return false;
      }
    }
    return colon;
  }
}
