package io.clawlive.server.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts bytes into lines. The end of a line is {@code \n} or {@code \r\n}; what is longer than an
 * event may be goes on in the next one, cut between characters. Bytes that are no UTF-8 become the
 * character for that.
 */
final class LineCutter {
  /** Less than a log event takes, so that broken bytes, which grow to three, fit too. */
  private static final int MOST_BYTES = 16 << 10;

  /** Takes the lines. */
  interface Lines {
    /**
     * A line without its end.
     *
     * @param continued whether it goes on in the next one
     */
    void line(String line, boolean continued);
  }

  private final Lines lines;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  LineCutter(Lines lines) {
    this.lines = lines;
  }

  void take(byte[] bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        gather(bytes, from, i);
        end();
        from = i + 1;
      }
    }
    gather(bytes, from, bytes.length);
  }

  private void gather(byte[] bytes, int from, int to) {
    int start = from;
    while (open.size() + to - start > MOST_BYTES) {
      int fits = MOST_BYTES - open.size();
      open.write(bytes, start, fits);
      start += fits;
      cut();
    }
    open.write(bytes, start, to - start);
  }

  /** Gives out what fits, and keeps the beginning of a character that is not whole. */
  private void cut() {
    byte[] all = open.toByteArray();
    int whole = all.length;
    for (int back = 1; back <= 3 && back < all.length; back++) {
      int b = all[all.length - back] & 0xff;
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        whole = length > back ? all.length - back : all.length;
        break;
      }
      if (b < 0x80) {
        break;
      }
    }
    lines.line(new String(all, 0, whole, StandardCharsets.UTF_8), true);
    open.reset();
    open.write(all, whole, all.length - whole);
  }

  private void end() {
    byte[] all = open.toByteArray();
    open.reset();
    int length = all.length > 0 && all[all.length - 1] == '\r' ? all.length - 1 : all.length;
    lines.line(new String(all, 0, length, StandardCharsets.UTF_8), false);
  }

  /** Nothing follows: what has no end yet is a line too. */
  void finish() {
    if (open.size() > 0) {
      end();
    }
  }
}
