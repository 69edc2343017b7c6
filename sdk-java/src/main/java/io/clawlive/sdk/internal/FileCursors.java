package io.clawlive.sdk.internal;

import io.clawlive.sdk.CursorStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Positions as lines of text, {@code room sequence}, each added behind the others: the last one of
 * a room holds. A line without its end is what a death left of it, and is passed over. When most
 * lines are of the past, a new file takes the place of the old one. A second file, {@code .lock}
 * behind its name, is held while the positions are in use.
 */
public final class FileCursors implements CursorStore {
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F-]{36}) ([0-9]{1,18})\n");
  private static final int ANEW_AFTER = 4_096;

  private final Path file;
  private final FileChannel lock;
  private final Map<String, Long> positions;
  private FileChannel channel;
  private int lines;
  private boolean closed;

  private FileCursors(Path file, FileChannel lock) throws IOException {
    this.file = file;
    this.lock = lock;
    this.positions = read(file);
    this.channel = anew();
  }

  /** Opens or makes the file, for one channel at a time. */
  public static FileCursors open(Path file) {
    try {
      Path whole = file.toAbsolutePath();
      Path folder = whole.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel lock =
          FileChannel.open(
              whole.resolveSibling(whole.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!isOurs(lock)) {
        lock.close();
        throw ChannelFailures.cursorsInUse(file);
      }
      return new FileCursors(whole, lock);
    } catch (IOException unusable) {
      throw ChannelFailures.cursorsUnusable(file, unusable);
    }
  }

  private static boolean isOurs(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static Map<String, Long> read(Path file) throws IOException {
    Map<String, Long> positions = new LinkedHashMap<>();
    if (Files.exists(file)) {
      // As bytes are, so that whatever a death left can be read.
      Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      while (line.find()) {
        positions.put(line.group(1), Long.parseLong(line.group(2)));
      }
    }
    return positions;
  }

  @Override
  public synchronized Map<String, Long> load() {
    return Map.copyOf(positions);
  }

  @Override
  public synchronized void save(String roomId, long sequence) {
    if (closed) {
      return; // A handler that outlived its channel; the server sends its event again.
    }
    positions.put(roomId, sequence);
    try {
      if (lines > ANEW_AFTER + 2 * positions.size()) {
        channel.close();
        channel = anew();
      } else {
        write(channel, line(roomId, sequence));
        lines++;
      }
    } catch (IOException failed) {
      throw ChannelFailures.cursorsUnusable(file, failed);
    }
  }

  /** Puts a file with nothing but the present in the place of the old one. */
  private FileChannel anew() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    StringBuilder text = new StringBuilder();
    positions.forEach((room, sequence) -> text.append(line(room, sequence)));
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines = positions.size();
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private static String line(String roomId, long sequence) {
    return roomId + " " + sequence + "\n";
  }

  private static void write(FileChannel to, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      int unused = to.write(bytes);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      channel.close();
    } catch (IOException late) {
      // Every line was handed to the system when it was written.
    }
  }
}
