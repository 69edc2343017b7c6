package io.clawlive.server.sandbox.processes;

import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process wrote, in files of which the oldest go when there is too much. A position is a
 * count of bytes, all channels together, in the order in which they came.
 *
 * <p>Who reads along is waited for: when a reader is far behind, the process waits as it would for
 * a full pipe. Without readers nothing waits.
 */
final class ProcessJournal implements AutoCloseable {
  private static final int HEADER = 5;
  private static final int MOST_CHUNK = 64 << 10;

  /**
   * Bytes of one channel.
   *
   * @param position where a reader stands after them
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Chunk(Channel channel, byte[] bytes, long position) {}

  /** A file of the journal. */
  private static final class Segment {
    final Path path;
    final FileChannel file;
    final long from;
    long length;
    long to;

    Segment(Path path, long from) throws IOException {
      this.path = path;
      this.from = from;
      this.to = from;
      this.file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    }

    void drop() throws IOException {
      file.close();
      Files.deleteIfExists(path);
    }
  }

  private final Path folder;
  private final long kept;
  private final long segmentBytes;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private long position;
  private boolean ended;

  /**
   * An empty journal.
   *
   * @param folder of its own, made here
   * @param kept bytes that are kept at least
   */
  ProcessJournal(Path folder, long kept) throws IOException {
    this.folder = folder;
    this.kept = kept;
    this.segmentBytes = Math.max(1, kept / 8);
    Files.createDirectories(folder);
    segments.add(new Segment(folder.resolve("0"), 0));
  }

  /** Keeps what was written; waits while a reader is far behind. */
  synchronized void append(Channel channel, byte[] bytes) {
    try {
      for (int from = 0; from < bytes.length && !ended; from += MOST_CHUNK) {
        while (!ended
            && readers.stream().anyMatch(reader -> position - reader.position() > kept / 2)) {
          wait();
        }
        write(channel, bytes, from, Math.min(MOST_CHUNK, bytes.length - from));
        notifyAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("the output of a process could not be kept", e);
    }
  }

  private void write(Channel channel, byte[] bytes, int from, int length) throws IOException {
    Segment last = segments.getLast();
    if (last.to - last.from >= segmentBytes) {
      last = new Segment(folder.resolve(Long.toString(position)), position);
      segments.add(last);
      while (segments.size() > 1 && position - segments.getFirst().to > kept) {
        segments.removeFirst().drop();
      }
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
    frame.put((byte) channel.ordinal()).putInt(length).put(bytes, from, length).flip();
    while (frame.hasRemaining()) {
      last.length += last.file.write(frame, last.length);
    }
    position += length;
    last.to = position;
  }

  /** Bytes that were written so far. */
  synchronized long position() {
    return position;
  }

  /** The first position from which everything is still there. */
  synchronized long first() {
    return segments.getFirst().from;
  }

  /** Nothing follows. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until there is something above a position, or nothing follows; false when it did not. */
  synchronized boolean await(long above, long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (position <= above && !ended) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Whether nothing follows a position. */
  synchronized boolean isOver(long after) {
    return ended && after >= position;
  }

  /** Reads from a position on, which lies between {@link #first} and {@link #position}. */
  synchronized @Nullable Reader reader(long from) {
    if (from < first() || from > position) {
      return null;
    }
    var reader = new Reader(from);
    readers.add(reader);
    return reader;
  }

  /** Somebody who reads along. For one thread. */
  final class Reader implements AutoCloseable {
    private final long skipTo;
    private Segment segment;
    private long offset;
    private volatile long position;

    private Reader(long from) {
      this.skipTo = from;
      this.segment = segments.getFirst();
      for (Segment each : segments) {
        if (each.from <= from) {
          segment = each;
        }
      }
      this.position = segment.from;
    }

    /** Where it stands. */
    long position() {
      return Math.max(position, skipTo);
    }

    /** What comes next; null when there is nothing yet. */
    @Nullable Chunk next() throws IOException {
      synchronized (ProcessJournal.this) {
        while (true) {
          if (offset >= segment.length) {
            Segment following = following();
            if (following == null) {
              return null;
            }
            segment = following;
            offset = 0;
            continue;
          }
          ByteBuffer header = read(offset, HEADER);
          Channel channel = Channel.values()[header.get()];
          int length = header.getInt();
          long start = position;
          offset += HEADER;
          position = start + length;
          ProcessJournal.this.notifyAll();
          if (position > skipTo) {
            int skipped = (int) Math.max(0, skipTo - start);
            byte[] bytes = read(offset + skipped, length - skipped).array();
            offset += length;
            return new Chunk(channel, bytes, position);
          }
          offset += length;
        }
      }
    }

    private @Nullable Segment following() {
      for (Segment each : segments) {
        if (each.from == segment.to && each != segment) {
          return each;
        }
      }
      return null;
    }

    private ByteBuffer read(long at, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (segment.file.read(buffer, at + buffer.position()) < 0) {
          throw new IOException("the journal of a process is cut off");
        }
      }
      return buffer.flip();
    }

    @Override
    public void close() {
      readers.remove(this);
      synchronized (ProcessJournal.this) {
        ProcessJournal.this.notifyAll();
      }
    }
  }

  /** Removes it. */
  @Override
  public synchronized void close() throws IOException {
    end();
    for (Segment segment : segments) {
      segment.drop();
    }
    Files.deleteIfExists(folder);
  }
}
