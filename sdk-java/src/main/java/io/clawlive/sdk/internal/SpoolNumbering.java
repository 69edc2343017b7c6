package io.clawlive.sdk.internal;

import io.clawlive.sdk.PublisherOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.UUID;

/**
 * A numbering that survives the process. Numbers are reserved on disk, with fsync, in blocks before
 * they are given: after a crash the next process begins above the block, so that no number can name
 * two events even where the last events themselves were lost. A clean close gives the rest of the
 * block back.
 */
final class SpoolNumbering extends Numbering {
  private static final String FILE = "producer.properties";
  private static final long BLOCK = 100_000;

  private final Path directory;
  private final String streamId;
  private long reserved;

  private SpoolNumbering(
      Path directory, String streamId, String producerId, long next, long reserved) {
    super(producerId, next);
    this.directory = directory;
    this.streamId = streamId;
    this.reserved = reserved;
  }

  /** What a spool's directory says about its owner. */
  record Owner(String streamId, String producerId, long reserved) {}

  static Owner owner(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new Owner("", "", 0);
    }
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      read.load(in);
    }
    try {
      return new Owner(
          read.getProperty("stream_id", ""),
          read.getProperty("producer_id", ""),
          Long.parseLong(read.getProperty("reserved", "0")));
    } catch (NumberFormatException garbled) {
      throw new IOException(file + " is damaged: reserved is not a number", garbled);
    }
  }

  /** Goes on with an owner's numbers, or begins where there is none. */
  static SpoolNumbering of(Path directory, String streamId, Owner owner, PublisherOptions options)
      throws IOException {
    if (!owner.producerId.isEmpty()) {
      boolean open = owner.reserved == 0 && owner.producerId.equals(options.producerId());
      return new SpoolNumbering(
          directory, streamId, owner.producerId, open ? 0 : owner.reserved + 1, owner.reserved);
    }
    boolean named = !options.producerId().isEmpty();
    SpoolNumbering fresh =
        new SpoolNumbering(
            directory,
            streamId,
            named ? options.producerId() : UUID.randomUUID().toString(),
            named ? 0 : 1,
            0);
    fresh.write(0);
    return fresh;
  }

  @Override
  long peek() {
    long next = super.peek();
    if (next > reserved) {
      try {
        write(next + BLOCK);
      } catch (IOException failed) {
        throw SpoolFailures.unusable(directory, failed);
      }
    }
    return next;
  }

  /** Gives back what is reserved and not used. */
  void close() throws IOException {
    write(last());
  }

  private void write(long upTo) throws IOException {
    Properties values = new Properties();
    values.setProperty("stream_id", streamId);
    values.setProperty("producer_id", producerId());
    values.setProperty("reserved", Long.toString(upTo));
    Path fresh = directory.resolve(FILE + ".new");
    try (OutputStream out = Files.newOutputStream(fresh)) {
      values.store(out, "Numbers of one producer; a program of Claw Live keeps this file.");
    }
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    reserved = upTo;
  }
}
