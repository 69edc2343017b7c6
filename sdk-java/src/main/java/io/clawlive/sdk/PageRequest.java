package io.clawlive.sdk;

import java.util.List;

/**
 * Which page of a stream to read. Start with {@link #after} or {@link #before}.
 *
 * @param sequence position to read from
 * @param backward false: events above the position, oldest first; true: the nearest ones below it
 * @param size 1 to 1,000 events; 0 means 100
 * @param kinds payload kinds to read; empty means all
 */
public record PageRequest(long sequence, boolean backward, int size, List<String> kinds) {

  /** Checks the bounds and copies the kinds. */
  public PageRequest {
    long least = backward ? 1 : 0;
    if (sequence < least) {
      throw new IllegalArgumentException(
          "sequence is " + sequence + "; expected " + least + " or more");
    }
    if (size < 0 || size > 1_000) {
      throw new IllegalArgumentException("size is " + size + "; expected 0 to 1000");
    }
    kinds = List.copyOf(kinds);
  }

  /** The events above a sequence; 0 means from the beginning. */
  public static PageRequest after(long sequence) {
    return new PageRequest(sequence, false, 0, List.of());
  }

  /** The nearest events below a sequence. */
  public static PageRequest before(long sequence) {
    return new PageRequest(sequence, true, 0, List.of());
  }

  /** With pages of this size. */
  public PageRequest withSize(int value) {
    return new PageRequest(sequence, backward, value, kinds);
  }

  /** Only these kinds. */
  public PageRequest withKinds(String... values) {
    return new PageRequest(sequence, backward, size, List.of(values));
  }
}
