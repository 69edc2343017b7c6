package io.clawlive.sdk.internal;

import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the newest segment through a buffer. What is flushed survives the process; it
 * is not forced to the disk event by event, so a crash of the whole machine can lose the newest.
 */
final class SpoolWriter implements AutoCloseable {
  private static final int FLUSH_BYTES = 64 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
  private @Nullable FileChannel file;

  void open(Segment segment) throws IOException {
    close();
    file = FileChannel.open(segment.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  boolean isOpen() {
    return file != null;
  }

  /** Adds a record; when it cannot be kept nothing of it is left behind. */
  int append(Event event) throws IOException {
    if (buffer.position() >= FLUSH_BYTES) {
      flush();
    }
    byte[] record = event.toByteArray();
    if (buffer.remaining() < record.length + Segment.HEADER_BYTES) {
      flush();
    }
    buffer.putInt(record.length);
    buffer.putInt(Segment.checksum(record, record.length));
    buffer.put(record);
    return record.length + Segment.HEADER_BYTES;
  }

  /** After a failure the rest stays in the buffer for the next try. */
  void flush() throws IOException {
    FileChannel open = file;
    if (open == null || buffer.position() == 0) {
      return;
    }
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        open.write(buffer);
      }
    } finally {
      buffer.compact();
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = file;
    if (open != null) {
      flush();
      file = null;
      open.close();
    }
  }
}
