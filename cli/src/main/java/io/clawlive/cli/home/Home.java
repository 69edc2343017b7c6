package io.clawlive.cli.home;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The folder CLAWLIVE_HOME and how its files are read and written. */
public final class Home {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path folder;

  private Home(Path folder) {
    this.folder = folder;
  }

  /** The folder that CLAWLIVE_HOME names, or {@code ~/.clawlive}. It need not exist yet. */
  public static Home of(Shell shell) {
    return new Home(
        shell
            .variable("CLAWLIVE_HOME")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".clawlive"))
            .toAbsolutePath());
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** A folder below, made with access for this user alone. */
  public Path folder(String name) {
    Path below = folder.resolve(name);
    try {
      create();
      Files.createDirectories(below, forUserAlone("rwx------"));
      return below;
    } catch (IOException e) {
      throw unwritable(below, e);
    }
  }

  /** Profiles of config.toml. */
  public Profiles profiles() {
    return new Profiles(this);
  }

  /** Secrets of credentials.toml. */
  public Credentials credentials() {
    return new Credentials(this);
  }

  /** Current sessions of state.toml. */
  public CurrentSessions currentSessions() {
    return new CurrentSessions(this);
  }

  Toml read(String file) {
    Path path = folder.resolve(file);
    try {
      return Toml.read(Files.readString(path), path.toString());
    } catch (NoSuchFileException e) {
      return Toml.empty();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "%s cannot be read (%s). Check that it is a UTF-8 text file that you may read."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Does something while no other command does anything under the lock of this folder. */
  public <T> T locked(Supplier<T> action) {
    return locked(".lock", action);
  }

  /**
   * Does something that takes longer, such as a call to a server, under a lock of its own, so that
   * commands that only write a file need not wait for it. Inside, files may be changed.
   */
  public <T> T lockedFor(String purpose, Supplier<T> action) {
    return locked("." + purpose + ".lock", action);
  }

  private <T> T locked(String name, Supplier<T> action) {
    Path path = folder.resolve(name);
    // A file lock holds between processes; between the threads of one it would only throw.
    ReentrantLock threads = THREADS.computeIfAbsent(path, absent -> new ReentrantLock());
    threads.lock();
    try {
      create();
      try (FileChannel file =
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock was lost");
        }
        return action.get();
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      threads.unlock();
    }
  }

  /** Changes a file under the lock; a reader sees the old or the new text, nothing between. */
  void change(String file, Consumer<Toml> change) {
    locked(() -> {
      Toml toml = read(file);
      change.accept(toml);
      return replace(folder.resolve(file), toml.write());
    });
  }

  private Path replace(Path path, String text) {
    try {
      // A new file gets its mode before its content, so no secret is readable for a moment.
      Path next =
          Files.createTempFile(folder, path.getFileName() + ".", "", forUserAlone("rw-------"));
      try {
        Files.writeString(next, text);
        return Files.move(
            next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private void create() throws IOException {
    Files.createDirectories(folder, forUserAlone("rwx------"));
  }

  private static FileAttribute<?>[] forUserAlone(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static Failure unwritable(Path path, IOException cause) {
    return new Failure(
        ExitCode.FAILED,
        "%s cannot be written (%s). Make the folder writable or set CLAWLIVE_HOME to another one."
            .formatted(path, cause),
        new UncheckedIOException(cause));
  }
}
