package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at processes of the system that are no children of this one. */
final class PostgresProcess {
  private PostgresProcess() {}

  /** Whether it lives; one that ended and waits for its parent to notice does not. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
  }

  /** Whether the process is the PostgreSQL of this cluster, and no other that got its number. */
  static boolean serves(long pid, Path cluster) {
    return isAlive(pid)
        && arguments(pid).map(a -> Arrays.asList(a).contains(cluster.toString())).orElse(false);
  }

  /** Whether the process is certainly something else. */
  static boolean isForeign(long pid, Path cluster) {
    return !isAlive(pid) || (arguments(pid).isPresent() && !serves(pid, cluster));
  }

  /** The file it was started from, as far as the system tells. */
  static Optional<String> program(long pid) {
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().command());
  }

  static boolean awaitEnd(long pid, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (isAlive(pid)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }

  /**
   * Whether a process still works in this folder, as the children of a killed PostgreSQL do for a
   * moment. Where the system does not tell (macOS), nothing is found.
   */
  static boolean worksIn(Path cluster) {
    Path processes = Path.of("/proc");
    if (!Files.isDirectory(processes)) {
      return false;
    }
    try (Stream<Path> all = Files.list(processes)) {
      return all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
          .anyMatch(p -> isLink(p.resolve("cwd"), cluster));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isLink(Path link, Path target) {
    try {
      return Files.readSymbolicLink(link).equals(target);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String[]> arguments(long pid) {
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().arguments());
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name before it, in brackets, may hold anything.
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }
}
