package io.clawlive.sdk.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool: records of {@code length, CRC-32C, event}, the first two four bytes each. A
 * record that is cut off or does not fit its checksum ends the file: it was being written when the
 * process died, and was never said to be kept.
 */
final class Segment {
  static final int HEADER_BYTES = 8;
  static final String SUFFIX = ".events";
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final int READ_BYTES = 64 << 10;

  final Path path;
  long bytes;
  long events;
  long last;

  Segment(Path path) {
    this.path = path;
  }

  /** The name sorts by the first number in the file. */
  static Segment named(Path directory, long first) {
    return new Segment(directory.resolve(String.format("%019d%s", first, SUFFIX)));
  }

  /** Counts what a file holds, up to its last whole record. */
  static Segment scan(Path path) throws IOException {
    Segment segment = new Segment(path);
    try (Reader reader = segment.read(0)) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        segment.events++;
        segment.bytes += HEADER_BYTES + record.length;
        segment.last = EventBytes.number(record);
      }
    }
    return segment;
  }

  /** Reads from a record's place in the file on. */
  Reader read(long from) throws IOException {
    return new Reader(path, from);
  }

  static int checksum(byte[] record, int length) {
    CRC32C crc = new CRC32C();
    crc.update(record, 0, length);
    return (int) crc.getValue();
  }

  /** Reads records one after the other; the file may still grow. */
  static final class Reader implements AutoCloseable {
    private final DataInputStream in;

    Reader(Path path, long from) throws IOException {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ).position(from);
      in =
          new DataInputStream(
              new BufferedInputStream(Channels.newInputStream(channel), READ_BYTES));
    }

    /** The next record; null at the end of what is whole. */
    byte @Nullable [] next() throws IOException {
      try {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length <= 0 || length > MAX_RECORD_BYTES) {
          return null;
        }
        byte[] record = in.readNBytes(length);
        return record.length == length && checksum(record, length) == checksum ? record : null;
      } catch (EOFException cutOff) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
