package io.clawlive.cli.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a flow of bytes, whatever they are, into lines that fit into events. It holds one line at
 * most, however long the flow.
 *
 * <ul>
 *   <li>Bytes are UTF-8; what is not valid UTF-8 becomes U+FFFD (�).
 *   <li>LF and CR LF end a line and are not part of it. Bytes after the last end are a line too.
 *   <li>A CR alone, as progress bars use it, ends a line as well, so every step is seen and nothing
 *       is dropped; but an empty line before a lone CR is left out.
 *   <li>NUL and other control characters become their visible picture (␀, ␇ …), those of U+0080 to
 *       U+009F become U+FFFD. Tab stays; ESC stays because colours begin with it.
 *   <li>A line above {@value #MOST_BYTES} bytes of UTF-8 is cut between two characters, and all
 *       parts but the last are marked as continued.
 * </ul>
 */
public final class LineSplitter {
  /** The most that a thought or a log line may hold, in bytes of UTF-8. */
  public static final int MOST_BYTES = 65_536;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer decoded = CharBuffer.allocate(8192);
  private final ByteBuffer undecoded = ByteBuffer.allocate(8192);
  private final StringBuilder line = new StringBuilder();
  private final Lines lines;
  private int lineBytes;
  private boolean afterReturn;
  private boolean begun;

  /** Takes the lines. */
  @FunctionalInterface
  public interface Lines {
    /**
     * Takes one line or a part of one.
     *
     * @param text at most {@value #MOST_BYTES} bytes of UTF-8, without a line end
     * @param continued whether the line goes on in the next call
     */
    void line(String text, boolean continued);
  }

  /** Hands what it cuts to these. */
  public LineSplitter(Lines lines) {
    this.lines = lines;
  }

  /** Takes the next bytes; lines that end in them are handed on before it returns. */
  public void accept(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int take = Math.min(undecoded.remaining(), end - from);
      undecoded.put(bytes, from, take);
      from += take;
      decode(false);
    }
  }

  /** Says that nothing follows; what has no line end yet is handed on. */
  public void end() {
    decode(true);
    decoder.flush(decoded);
    drain();
    if (begun && !(afterReturn && line.isEmpty())) {
      emit(false);
    }
  }

  /** The treatment of a line, for text that came another way, such as an argument. */
  public static void split(String text, Lines lines) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LineSplitter splitter = new LineSplitter(lines);
    splitter.accept(bytes, 0, bytes.length);
    splitter.end();
  }

  private void decode(boolean last) {
    undecoded.flip();
    while (decoder.decode(undecoded, decoded, last).isOverflow()) {
      drain();
    }
    drain();
    undecoded.compact();
  }

  private void drain() {
    decoded.flip();
    while (decoded.hasRemaining()) {
      take(decoded.get());
    }
    decoded.clear();
  }

  private void take(char c) {
    if (afterReturn) {
      afterReturn = false;
      // With LF the CR was half of a line end. Alone it redraws the line, often before its first
      // text.
      if (c == '\n' || !line.isEmpty()) {
        emit(false);
      }
      if (c == '\n') {
        return;
      }
    }
    switch (c) {
      case '\n' -> emit(false);
      case '\r' -> {
        afterReturn = true;
        begun = true;
      }
      default -> append(visible(c));
    }
  }

  private void append(char c) {
    begun = true;
    // A pair of surrogates is four bytes, counted at its first half so that no cut falls between.
    int bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isHighSurrogate(c) ? 4 : 3;
    if (Character.isLowSurrogate(c)) {
      bytes = 0;
    }
    if (lineBytes + bytes > MOST_BYTES) {
      emit(true);
      begun = true;
    }
    line.append(c);
    lineBytes += bytes;
  }

  private void emit(boolean continued) {
    String text = line.toString();
    line.setLength(0);
    lineBytes = 0;
    begun = false;
    lines.line(text, continued);
  }

  private static char visible(char c) {
    if ((c >= 0x20 && c < 0x7f) || c > 0x9f || c == '\t' || c == 0x1b) {
      return c;
    }
    return c < 0x20 ? (char) (0x2400 + c) : c == 0x7f ? '\u2421' : '\ufffd';
  }
}
