package io.clawlive.server.streams.masking;

/** A Twilio key: SK and 32 hexadecimal digits, which mean nothing unless Twilio is named before. */
final class TwilioRule implements Rule {
  private static final int NEAR = 200;

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int keyEnd = text.skip(start + 2, ByteSet.HEX, 33);
    if (keyEnd - start != 34 || !text.startsToken(start) || !isNamed(text, start)) {
      return end;
    }
    found.add(start, keyEnd, Kind.TWILIO_KEY);
    return keyEnd;
  }

  private static boolean isNamed(Text text, int start) {
    for (int i = start - 1; i >= Math.max(text.from(), start - NEAR); i--) {
      if (text.hasAnyCase(i, "twilio")) {
        return true;
      }
    }
    return false;
  }
}
