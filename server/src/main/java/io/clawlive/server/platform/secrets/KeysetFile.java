package io.clawlive.server.platform.secrets;

import io.clawlive.server.platform.NotUsableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The keyset in a file that only the server's user can read. */
record KeysetFile(Path path) {
  /** Servers of one process wait for each other here, those of others at the lock file. */
  private static final ReentrantLock CHANGING = new ReentrantLock();

  /** What tells one state of the file from the next; every change is a new file. */
  record Stamp(Object file, FileTime changedAt, long size) {}

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The file's text; when there is no file yet, one is written first. */
  String readOrCreate(Supplier<String> fresh) {
    try {
      if (Files.notExists(path)) {
        create(fresh.get());
      }
      return read();
    } catch (IOException e) {
      throw new NotUsableException(
          "The keyset file "
              + path
              + " can be neither read nor made ("
              + e.getClass().getSimpleName()
              + "); give the server's user access to it.");
    }
  }

  /** The file's state; empty when it cannot be seen. */
  Optional<Stamp> stamp() {
    try {
      var seen = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(String.valueOf(seen.fileKey()), seen.lastModifiedTime(), seen.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Puts another text in the place of the present one, as a whole or not at all. Of several who do
   * so at the same time, also in other processes, each changes what the one before wrote.
   *
   * @throws NotUsableException when the file cannot be written
   */
  void change(UnaryOperator<String> change) {
    CHANGING.lock();
    try (FileChannel turn =
            FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(OWNER));
        FileLock held = turn.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock is lost");
      }
      Path directory = path.toAbsolutePath().getParent();
      Path draft = draft(directory, change.apply(read()));
      try {
        Files.move(
            draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
      sync(directory);
    } catch (IOException e) {
      throw new NotUsableException(
          "The keyset file "
              + path
              + " cannot be changed ("
              + e.getClass().getSimpleName()
              + "); give the server's user access to it and to its folder.");
    } finally {
      CHANGING.unlock();
    }
  }

  private String read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER.containsAll(permissions)) {
      throw new NotUsableException(
          "The keyset file "
              + path
              + " is open to other users of this machine ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + path);
    }
    return Files.readString(path);
  }

  /**
   * Writes the file as a whole or not at all. A link never replaces what is there, so of two
   * servers that start at the same time the first one's keyset stays and both read it.
   */
  private void create(String keyset) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft = draft(directory, keyset);
    try {
      Files.createLink(path, draft);
      sync(directory);
    } catch (FileAlreadyExistsException another) {
      // Another server was first; its keyset is as good.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The text in a file beside this one, on the disk. */
  private static Path draft(Path directory, String keyset) throws IOException {
    Path draft =
        Files.createTempFile(
            directory, "secret", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
    try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(keyset);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    return draft;
  }

  /** A key that seals rows must survive a power cut as surely as the rows do. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
