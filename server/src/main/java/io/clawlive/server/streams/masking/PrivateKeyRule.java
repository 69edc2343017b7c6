package io.clawlive.server.streams.masking;

/**
 * A private key in PEM armour, from {@code -----BEGIN} to {@code -----END…-----}. Where the end is
 * missing, the lines that can belong to the key are masked with the beginning. Line ends may also
 * be written out as {@code \n}, as in JSON.
 */
final class PrivateKeyRule implements Rule {
  private static final ByteSet LABEL = ByteSet.of("A-Z0-9 ");
  private static final ByteSet DASH = ByteSet.of("-");
  private static final ByteSet HEADER = ByteSet.range(0x20, 0x7e);

  @Override
  public int confirm(Text text, int start, int end, Spans found) {
    int label = text.skipBack(start, LABEL, 40);
    int dashes = text.skipBack(label, DASH, 5);
    int begin = text.at(label) == ' ' ? label + 1 : label;
    int armour = text.skip(end, LABEL, 10);
    if (label - dashes < 4 || !text.has(begin, "BEGIN ") || !text.has(armour, "----")) {
      return end;
    }
    int keyEnd = bodyEnd(text, text.skip(armour, DASH, 5));
    found.add(dashes, keyEnd, Kind.PRIVATE_KEY);
    return keyEnd;
  }

  private static int bodyEnd(Text text, int body) {
    // The next dashes are the end, or belong to another key: no byte is searched twice.
    int next = body;
    while (next < text.to() && !text.has(next, "----")) {
      next++;
    }
    int label = text.skip(next, DASH, 5);
    label += text.at(label) == ' ' ? 1 : 0;
    if (text.has(label, "END ")) {
      return text.skip(text.skip(label, LABEL, 60), DASH, 5);
    }
    return linesEnd(text, body);
  }

  private static int linesEnd(Text text, int body) {
    int end = body;
    int line = lineStart(text, body);
    while (line > end) {
      int lineEnd = lineEnd(text, line);
      boolean alone = !isBlank(text.at(line - 1)) && !isBlank(text.at(lineEnd));
      boolean padded = text.at(lineEnd - 1) == '=';
      // A short one is the last line of a key when it stands alone or is padded, else a word.
      if (lineEnd - line < (alone || padded ? 1 : 16)) {
        break;
      }
      end = lineEnd;
      line = lineStart(text, end);
    }
    return end;
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  private static int lineEnd(Text text, int line) {
    if (text.has(line, "Proc-Type:") || text.has(line, "DEK-Info:")) {
      int end = line;
      while (HEADER.contains(text.at(end)) && text.at(end) != '\\') {
        end++;
      }
      return end;
    }
    int end = text.skip(line, ByteSet.BASE64);
    int next = text.at(end);
    boolean whole = next <= ' ' || next == '\\' || next == '"' || next == '\'';
    return whole ? end : line;
  }

  /** Behind white space and written-out line ends. */
  private static int lineStart(Text text, int i) {
    while (true) {
      int b = text.at(i);
      if (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
        i++;
      } else if (b == '\\' && (text.at(i + 1) == 'n' || text.at(i + 1) == 'r')) {
        i += 2;
      } else {
        return i;
      }
    }
  }
}
