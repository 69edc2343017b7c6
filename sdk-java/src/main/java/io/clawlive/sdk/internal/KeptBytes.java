package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last bytes of many, and how many were before them. */
final class KeptBytes {
  private final int most;
  private byte[] bytes = new byte[1 << 10];
  private int length;
  private long from;

  /**
   * None yet.
   *
   * @param most how many are kept at least, as far as there are so many
   */
  KeptBytes(int most) {
    this.most = most;
  }

  void add(ByteString more) {
    if (length + more.size() > bytes.length) {
      int surplus = Math.max(0, length + more.size() - most);
      int dropped = Math.min(surplus, length);
      System.arraycopy(bytes, dropped, bytes, 0, length - dropped);
      length -= dropped;
      from += dropped;
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length, 2 * (length + more.size())));
    }
    more.copyTo(bytes, length);
    length += more.size();
  }

  /** How many were before those that are kept. */
  long from() {
    return from;
  }

  /** Those that are kept, in pieces. */
  List<ByteString> parts(int largest) {
    return after(from, largest);
  }

  /** Those that come after so many of all, in pieces. */
  List<ByteString> after(long position, int largest) {
    List<ByteString> parts = new ArrayList<>();
    for (int at = (int) (position - from); at < length; at += largest) {
      parts.add(ByteString.copyFrom(bytes, at, Math.min(largest, length - at)));
    }
    return parts;
  }

  /** They have all arrived. */
  void forget() {
    from += length;
    length = 0;
  }
}
