package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked once.
 *
 * @param folder with {@code bin}, {@code lib} and {@code share}
 * @param version such as 18.4
 */
record PostgresRuntime(Path folder, String version) {
  private static final ReentrantLock UNPACKING = new ReentrantLock();

  /** Unpacks them when they are not there yet; any number of processes may do so at once. */
  static PostgresRuntime in(Path runtimes) throws InterruptedException {
    RuntimeArchive archive = RuntimeArchive.ofThisSystem();
    Path folder = runtimes.resolve(archive.name());
    try {
      if (!isComplete(folder)) {
        Files.createDirectories(runtimes);
        unpack(archive, runtimes, folder);
      }
      // The links in the path are resolved so that it compares equal to what the system reports.
      Path real = folder.toRealPath();
      return new PostgresRuntime(real, Files.readString(real.resolve("version")).strip());
    } catch (IOException e) {
      throw Trouble.writing(runtimes, e);
    }
  }

  private static void unpack(RuntimeArchive archive, Path runtimes, Path folder)
      throws IOException, InterruptedException {
    // Files are locked between processes, not between threads; hence two locks.
    UNPACKING.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(
                runtimes.resolve("unpack.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (isComplete(folder)) {
        return;
      }
      // Whatever is there was left by somebody who did not finish, because we hold the lock.
      Path draft = runtimes.resolve(archive.name() + ".new");
      FileTree.delete(draft);
      FileTree.delete(folder);
      archive.unpack(draft);
      Files.writeString(draft.resolve("version"), askVersion(draft) + "\n");
      FileTree.toDisk(draft);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      FileTree.entryToDisk(runtimes);
    } finally {
      UNPACKING.unlock();
    }
  }

  private static boolean isComplete(Path folder) {
    return Files.exists(folder.resolve("version"))
        && Stream.of("postgres", "initdb", "pg_ctl")
            .allMatch(program -> Files.isExecutable(folder.resolve("bin").resolve(program)));
  }

  private static String askVersion(Path folder) throws IOException, InterruptedException {
    Command.Result result =
        Command.run(
            List.of(folder.resolve("bin/postgres").toString(), "--version"),
            folder,
            Duration.ofSeconds(20));
    if (!result.succeeded()) {
      throw new EmbeddedPostgresException(
          Reason.UNSUPPORTED_SYSTEM,
          "The PostgreSQL that comes with the server does not run on this system ("
              + result.output().strip()
              + "); use a PostgreSQL of your own with --postgres-url.");
    }
    String[] words = result.output().strip().split(" ", -1);
    return words[words.length - 1];
  }

  /** The absolute path of a program. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  String majorVersion() {
    return version.replaceFirst("\\D.*", "");
  }
}
