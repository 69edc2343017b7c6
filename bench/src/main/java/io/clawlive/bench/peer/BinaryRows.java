package io.clawlive.bench.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Event rows in PostgreSQL's binary COPY format. */
final class BinaryRows {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int COLUMNS = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 << 10);
  private final DataOutputStream out = new DataOutputStream(bytes);

  BinaryRows() {
    bytes.writeBytes(HEADER);
  }

  void add(UUID stream, long sequence, short kind, Instant recordedAt, byte[] content) {
    try {
      out.writeShort(COLUMNS);
      out.writeInt(16);
      out.writeLong(stream.getMostSignificantBits());
      out.writeLong(stream.getLeastSignificantBits());
      out.writeInt(8);
      out.writeLong(sequence);
      out.writeInt(2);
      out.writeShort(kind);
      out.writeInt(8);
      out.writeLong(ChronoUnit.MICROS.between(EPOCH, recordedAt));
      out.writeInt(content.length);
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything added, closed by the end mark. */
  byte[] end() {
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff});
    return bytes.toByteArray();
  }
}
