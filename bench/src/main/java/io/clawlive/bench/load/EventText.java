package io.clawlive.bench.load;

import java.util.Random;

/**
 * Lines such as programs write, of a fixed length, that begin with a moment. A line of the usual
 * length is about 200 bytes as an event, with the envelope that the SDK puts around it.
 *
 * <p>The moment is written in letters, four bits each: a run of that many digits would look like a
 * card number, which the server would take a closer look at, and now and then mask.
 */
public final class EventText {
  /** Letters of the moment at the start of a line. */
  private static final int STAMP_LETTERS = 16;

  private static final int LINE_LENGTH = 173;
  private static final int VARIANTS = 1_024;
  private static final String[] WORDS = {
    "request",
    "worker",
    "finished",
    "compiled",
    "module",
    "retrying",
    "connection",
    "in",
    "ms",
    "cache",
    "hit",
    "for",
    "user",
    "tests",
    "passed",
    "of",
    "reading",
    "src/main/java/App.java",
    "GET",
    "/api/items",
    "200",
    "queue",
    "length",
    "commit",
    "pushed",
    "to",
    "main",
    "waiting"
  };

  private final String[] tails = new String[VARIANTS];
  private int next;

  /** Always the same lines, 173 characters each. */
  public EventText() {
    this(LINE_LENGTH);
  }

  /** Always the same lines, each of so many characters. */
  public EventText(int length) {
    var random = new Random(42);
    for (int i = 0; i < VARIANTS; i++) {
      var line = new StringBuilder();
      while (line.length() < length - STAMP_LETTERS) {
        line.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        if (random.nextInt(4) == 0) {
          line.append(' ').append(random.nextInt(10_000));
        }
      }
      line.setLength(length - STAMP_LETTERS);
      tails[i] = line.toString();
    }
  }

  /** The next line, with a moment of {@link System#nanoTime}. */
  public String line(long nanoTime) {
    next = (next + 1) % VARIANTS;
    return stamp(nanoTime) + tails[next];
  }

  /** A moment in letters. */
  public static String stamp(long nanoTime) {
    var letters = new char[STAMP_LETTERS];
    for (int i = 0; i < STAMP_LETTERS; i++) {
      letters[i] = (char) ('a' + (nanoTime >>> 4 * (STAMP_LETTERS - 1 - i) & 15));
    }
    return String.valueOf(letters);
  }

  /** The moment at the start of an encoded text of this length; 0 when there is none. */
  public static long moment(byte[] bytes, int from, int length) {
    if (length < STAMP_LETTERS) {
      return 0;
    }
    long number = 0;
    for (int i = from; i < from + STAMP_LETTERS; i++) {
      int bits = bytes[i] - 'a';
      if (bits < 0 || bits > 15) {
        return 0;
      }
      number = number << 4 | bits;
    }
    return number;
  }
}
