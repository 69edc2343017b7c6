package io.clawlive.server.streams.masking;

import com.google.protobuf.WireFormat;

/** Steps through the fields of an encoded message without decoding their values. */
final class WireReader {
  private final byte[] bytes;
  private final int to;
  private int position;
  private int groups;
  private int tag;
  private int lengthStart;
  private int valueStart;
  private boolean malformed;

  WireReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.to = to;
    this.position = from;
  }

  /**
   * Whether all of this is fields.
   *
   * @param withGroups whether some may be groups, which are easily met by chance
   */
  static boolean isMessage(byte[] bytes, int from, int to, boolean withGroups) {
    WireReader reader = new WireReader(bytes, from, to);
    boolean groups = false;
    while (reader.next()) {
      groups |= reader.groups > 0;
    }
    return !reader.malformed && (withGroups || !groups);
  }

  /** Goes to the next field; false at the end or where the bytes are no message. */
  boolean next() {
    if (position >= to || malformed) {
      malformed |= groups > 0;
      return false;
    }
    long read = varint();
    tag = (int) read;
    valueStart = position;
    malformed |= read >>> 32 != 0 || field() == 0;
    switch (malformed ? -1 : WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> varint();
      case WireFormat.WIRETYPE_FIXED64 -> skip(8);
      case WireFormat.WIRETYPE_FIXED32 -> skip(4);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
        lengthStart = position;
        long length = varint();
        valueStart = position;
        skip(length);
      }
      // What a group holds is read as fields of the message around it.
      case WireFormat.WIRETYPE_START_GROUP -> groups++;
      case WireFormat.WIRETYPE_END_GROUP -> malformed |= --groups < 0;
      default -> malformed = true;
    }
    return !malformed;
  }

  int field() {
    return WireFormat.getTagFieldNumber(tag);
  }

  boolean isLengthDelimited() {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  boolean isInGroup() {
    return groups > 0;
  }

  /** Where a length-delimited field's length begins. */
  int lengthStart() {
    return lengthStart;
  }

  /** Where the field's value begins, behind its length. */
  int valueStart() {
    return valueStart;
  }

  /** Where the field ends. */
  int valueEnd() {
    return position;
  }

  private void skip(long length) {
    if (length < 0 || length > to - position) {
      malformed = true;
    } else {
      position += (int) length;
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && position < to; shift += 7) {
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    malformed = true;
    return -1;
  }
}
