package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right to work on a data directory. The system takes it back when the process ends. */
final class DirectoryLock implements AutoCloseable {
  /**
   * Directories this process holds. It must be asked first: closing any second channel of a lock
   * file gives up the lock that the process already has.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) {
    if (!HELD.add(directory)) {
      throw inUse(directory, String.valueOf(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              directory.resolve("server.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory, holder(directory));
      }
      Files.writeString(directory.resolve("server.pid"), ProcessHandle.current().pid() + "\n");
      return new DirectoryLock(directory, channel);
    } catch (IOException e) {
      release(directory, channel);
      throw Trouble.writing(directory, e);
    } catch (RuntimeException e) {
      release(directory, channel);
      throw e;
    }
  }

  @Override
  public void close() {
    release(directory, channel);
  }

  private static void release(Path directory, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The channel is gone either way, and the lock with it.
    } finally {
      HELD.remove(directory);
    }
  }

  /** The number is for a person to read; the lock itself does not depend on it. */
  private static String holder(Path directory) {
    try {
      return Files.readString(directory.resolve("server.pid")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static EmbeddedPostgresException inUse(Path directory, String pid) {
    return new EmbeddedPostgresException(
        Reason.IN_USE,
        "The data directory "
            + directory
            + " is in use by another server (process "
            + pid
            + "); stop that one, or start this one with another --data directory.");
  }
}
