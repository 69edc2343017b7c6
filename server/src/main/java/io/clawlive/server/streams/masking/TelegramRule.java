package io.clawlive.server.streams.masking;

/** A Telegram bot's token: its number, a colon and 35 characters that begin with {@code AA}. */
final class TelegramRule implements Rule {

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int number = text.skipBack(start, ByteSet.DIGIT, 11);
    int tokenEnd = text.skip(start + 1, ByteSet.BASE64_URL);
    if (start - number < 8 || start - number > 10 || tokenEnd - start < 34) {
      return end;
    }
    found.add(number, tokenEnd, Kind.TELEGRAM_TOKEN);
    return tokenEnd;
  }
}
