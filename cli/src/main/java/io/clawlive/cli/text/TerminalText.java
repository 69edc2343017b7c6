package io.clawlive.cli.text;

/**
 * Makes text of unknown origin harmless for a terminal: it may be coloured, but it cannot move the
 * cursor, clear the screen, set the title, write the clipboard, answer queries or turn the reading
 * direction.
 */
public final class TerminalText {
  private static final char ESC = '\u001b';
  private static final String RESET = ESC + "[0m";

  private final String text;
  private final boolean colour;
  private final StringBuilder safe = new StringBuilder();
  private boolean coloured;
  private int at;

  private TerminalText(String text, boolean colour) {
    this.text = text;
    this.colour = colour;
  }

  /** The text without anything but characters, tabs, line ends and, if wanted, its own colours. */
  public static String safe(String text, boolean colour) {
    return new TerminalText(text, colour).clean();
  }

  private String clean() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == ESC) {
        escape();
      } else if (c == '\u009b') {
        controlSequence(at);
      } else if (c == '\u0090'
          || c == '\u009d'
          || c == '\u0098'
          || c == '\u009e'
          || c == '\u009f') {
        controlString();
      } else {
        character(c);
      }
    }
    return coloured ? safe.append(RESET).toString() : safe.toString();
  }

  private void character(char c) {
    if (c == '\n' || c == '\t') {
      safe.append(c);
    } else if (c < 0x20) {
      safe.append((char) (0x2400 + c));
    } else if (c == 0x7f) {
      safe.append('\u2421');
    } else if ((c >= 0x80 && c <= 0x9f) || turnsDirection(c)) {
      safe.append('\ufffd');
    } else {
      safe.append(c);
    }
  }

  private static boolean turnsDirection(char c) {
    return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
  }

  /** What follows ESC: a control sequence, a control string, or a short sequence. */
  private void escape() {
    if (at == text.length()) {
      return;
    }
    char kind = text.charAt(at);
    switch (kind) {
      case '[' -> controlSequence(at + 1);
      case ']', 'P', 'X', '^', '_' -> {
        at++;
        controlString();
      }
      default -> {
        while (at < text.length() && between(text.charAt(at), ' ', '/')) {
          at++;
        }
        if (at < text.length() && between(text.charAt(at), '0', '~')) {
          at++;
        }
      }
    }
  }

  /** Parameters, intermediates and a final byte. Only one that ends in m and is colours stays. */
  private void controlSequence(int from) {
    int end = from;
    while (end < text.length() && between(text.charAt(end), '0', '?')) {
      end++;
    }
    int parametersEnd = end;
    while (end < text.length() && between(text.charAt(end), ' ', '/')) {
      end++;
    }
    boolean whole = end < text.length() && between(text.charAt(end), '@', '~');
    if (whole && colour && text.charAt(end) == 'm' && parametersEnd == end) {
      String parameters = text.substring(from, end);
      if (parameters.length() <= 32 && parameters.chars().allMatch(TerminalText::isColour)) {
        safe.append(ESC).append('[').append(parameters).append('m');
        coloured = true;
      }
    }
    at = whole ? end + 1 : end;
  }

  private static boolean isColour(int c) {
    return (c >= '0' && c <= '9') || c == ';' || c == ':';
  }

  /** Runs to its terminator; without one, or across a line end, only the introducer is dropped. */
  private void controlString() {
    for (int i = at; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == '\u0007' || c == '\u009c') {
        at = i + 1;
        return;
      }
      if (c == ESC && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
        at = i + 2;
        return;
      }
    }
  }

  private static boolean between(char c, char first, char last) {
    return c >= first && c <= last;
  }
}
