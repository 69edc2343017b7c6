package io.clawlive.sdk.internal;

import io.clawlive.sdk.PublisherOptions;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An outbox on disk. Every event is written to the newest segment; as many as the memory buffer
 * takes are held there too, and the rest is read back when there is room. A segment is deleted when
 * everything in it is committed.
 *
 * <p>Invariant: the events in memory come directly before the unread ones on disk.
 */
final class SpoolOutbox implements Outbox {
  private static final System.Logger LOG = System.getLogger(SpoolOutbox.class.getName());
  private static final long MAX_SEGMENT_BYTES = 8 << 20;
  // A committed segment smaller than this is written on instead of being replaced.
  private static final long WORTH_REPLACING_BYTES = 1 << 20;

  private final Path directory;
  private final long maxBytes;
  private final long segmentBytes;
  private final FileLock lock;
  private final SpoolNumbering numbering;
  private final MemoryOutbox window;
  private final SpoolWriter writer = new SpoolWriter();
  private final Deque<Segment> segments;
  private final Deque<Segment> toRead = new ArrayDeque<>();
  private Segment.@Nullable Reader reader;
  private long readInSegment;
  private long readFrom;
  private long unread;
  private long readTo;
  private long committed;
  private long bytes;

  private SpoolOutbox(
      Path directory,
      PublisherOptions options,
      FileLock lock,
      SpoolNumbering numbering,
      Deque<Segment> segments) {
    this.directory = directory;
    this.maxBytes = options.maxSpoolBytes();
    this.segmentBytes = Math.min(MAX_SEGMENT_BYTES, maxBytes / 8);
    this.lock = lock;
    this.numbering = numbering;
    this.window = new MemoryOutbox(options.maxBufferedEvents(), options.maxBufferedBytes());
    this.segments = segments;
    for (Segment segment : segments) {
      unread += segment.events;
      bytes += segment.bytes;
      toRead.add(segment);
    }
    refill();
  }

  /** Opens a directory, with whatever an earlier process left in it. */
  static SpoolOutbox open(Path directory, String streamId, PublisherOptions options) {
    FileLock lock = null;
    try {
      Files.createDirectories(directory);
      lock = lock(directory);
      Deque<Segment> segments = scan(directory);
      SpoolNumbering.Owner owner = SpoolNumbering.owner(directory);
      if (segments.isEmpty() && !owner.streamId().equals(streamId)) {
        owner = new SpoolNumbering.Owner("", "", 0);
      }
      check(directory, owner, streamId, options);
      SpoolNumbering numbering = SpoolNumbering.of(directory, streamId, owner, options);
      return new SpoolOutbox(directory, options, lock, numbering, segments);
    } catch (IOException failed) {
      release(lock);
      throw SpoolFailures.unusable(directory, failed);
    } catch (RuntimeException failed) {
      release(lock);
      throw failed;
    }
  }

  SpoolNumbering numbering() {
    return numbering;
  }

  @Override
  public boolean fits(int size) {
    return bytes + size + Segment.HEADER_BYTES <= maxBytes;
  }

  @Override
  public void add(Event event) {
    try {
      Segment segment = writable(event.getProducerSequence());
      int size = writer.append(event);
      bytes += size;
      segment.bytes += size;
      segment.events++;
      segment.last = event.getProducerSequence();
      if (unread == 0 && window.fits(event.getSerializedSize())) {
        window.add(event);
        readTo = event.getProducerSequence();
      } else {
        spill(segment, size);
      }
    } catch (IOException failed) {
      throw SpoolFailures.unusable(directory, failed);
    }
  }

  /** Gives up the oldest segment, as far as it is not on its way. */
  @Override
  public long dropOldest() {
    long given = 0;
    while (given == 0 && unsent() > 0 && !segments.isEmpty()) {
      Segment oldest = segments.getFirst();
      if (unread > 0 && toRead.peekFirst() == oldest) {
        long left = oldest.events - readInSegment;
        unread -= left;
        given += left;
        readTo = oldest.last;
        nextSegment();
      }
      given += window.dropTo(oldest.last);
      delete(segments.removeFirst());
      refill();
    }
    return given;
  }

  @Override
  public long unsent() {
    return window.unsent() + unread;
  }

  @Override
  public long unsentBytes() {
    return window.unsentBytes();
  }

  @Override
  public List<Event> take(int maxEvents, int atMostBytes) {
    return window.take(maxEvents, atMostBytes);
  }

  @Override
  public void committed(long number) {
    committed = Math.max(committed, number);
    window.committed(number);
    refill();
    while (segments.size() > 1 && segments.getFirst().last < first()) {
      delete(segments.removeFirst());
    }
    Segment newest = segments.peekLast();
    if (newest != null && size() == 0 && newest.bytes >= WORTH_REPLACING_BYTES) {
      delete(segments.removeLast());
    }
  }

  @Override
  public void rewind() {
    window.rewind();
  }

  @Override
  public long first() {
    if (window.size() > 0) {
      return window.first();
    }
    return unread == 0 ? Long.MAX_VALUE : Math.max(readTo, committed) + 1;
  }

  @Override
  public long size() {
    return window.size() + unread;
  }

  @Override
  public void persist() {
    try {
      writer.flush();
    } catch (IOException failed) {
      // The events are still in memory; the next one that is added reports the failure.
      LOG.log(Level.WARNING, "the spool in " + directory + " cannot be written", failed);
    }
  }

  @Override
  public void close() {
    try {
      closeReader();
      writer.close();
      if (size() == 0) {
        for (Segment segment : segments) {
          Files.deleteIfExists(segment.path);
        }
      }
      numbering.close();
    } catch (IOException failed) {
      throw SpoolFailures.unusable(directory, failed);
    } finally {
      release(lock);
    }
  }

  private Segment writable(long number) throws IOException {
    Segment newest = segments.peekLast();
    if (newest != null && writer.isOpen() && newest.bytes < segmentBytes) {
      return newest;
    }
    Segment fresh = Segment.named(directory, number);
    writer.open(fresh);
    segments.addLast(fresh);
    return fresh;
  }

  /** Leaves the event that was just written to be read back from its segment. */
  private void spill(Segment segment, int size) {
    if (unread == 0) {
      // Everything before it in this segment is in memory already.
      closeReader();
      toRead.clear();
      toRead.add(segment);
      readInSegment = segment.events - 1;
      readFrom = segment.bytes - size;
    } else if (toRead.peekLast() != segment) {
      toRead.addLast(segment);
    }
    unread++;
  }

  /** Reads back as much as the memory takes; what is committed is passed over. */
  private void refill() {
    if (unread == 0) {
      return;
    }
    try {
      writer.flush();
      while (unread > 0 && window.fits(Segment.HEADER_BYTES)) {
        Segment from = toRead.getFirst();
        if (readInSegment == from.events) {
          nextSegment();
          continue;
        }
        byte[] record = reader().next();
        if (record == null) {
          throw new IOException(from.path + " ends before its last event");
        }
        readInSegment++;
        unread--;
        readTo = EventBytes.number(record);
        if (readTo > committed) {
          window.add(EventBytes.parse(record));
        }
      }
    } catch (IOException failed) {
      throw SpoolFailures.unusable(directory, failed);
    }
  }

  private Segment.Reader reader() throws IOException {
    Segment.Reader open = reader;
    if (open == null) {
      open = toRead.getFirst().read(readFrom);
      reader = open;
    }
    return open;
  }

  private void nextSegment() {
    closeReader();
    toRead.removeFirst();
    readInSegment = 0;
    readFrom = 0;
  }

  private void closeReader() {
    Segment.Reader open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // Nothing was written through it.
        LOG.log(Level.DEBUG, "closing a spool's file", ignored);
      }
    }
  }

  private void delete(Segment segment) {
    bytes -= segment.bytes;
    try {
      if (segments.isEmpty()) {
        writer.close();
      }
      Files.deleteIfExists(segment.path);
    } catch (IOException kept) {
      // Its events are committed: read again, the server would know them as resent.
      LOG.log(Level.WARNING, "a delivered file of the spool cannot be deleted", kept);
    }
  }

  private static Deque<Segment> scan(Path directory) throws IOException {
    Deque<Segment> found = new ArrayDeque<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
    for (Path file : files) {
      Segment segment = Segment.scan(file);
      if (segment.events == 0) {
        Files.delete(file);
      } else {
        found.addLast(segment);
      }
    }
    return found;
  }

  private static void check(
      Path directory, SpoolNumbering.Owner owner, String streamId, PublisherOptions options) {
    if (!owner.streamId().isEmpty() && !owner.streamId().equals(streamId)) {
      throw SpoolFailures.otherOwner(directory, "session", owner.streamId(), streamId);
    }
    String wanted = options.producerId();
    if (!owner.producerId().isEmpty() && !wanted.isEmpty() && !owner.producerId().equals(wanted)) {
      throw SpoolFailures.otherOwner(directory, "producer", owner.producerId(), wanted);
    }
  }

  private static FileLock lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException sameProcess) {
      channel.close();
      throw SpoolFailures.inUse(directory, sameProcess);
    }
    channel.close();
    throw SpoolFailures.inUse(directory, null);
  }

  private static void release(@Nullable FileLock lock) {
    if (lock == null) {
      return;
    }
    try {
      lock.acquiredBy().close();
    } catch (IOException ignored) {
      LOG.log(Level.DEBUG, "releasing a spool's lock", ignored);
    }
  }
}
