package io.clawlive.server.platform.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small parts that need no running PostgreSQL. */
final class PartsTest {
  @TempDir Path folder;

  @Test
  void systemsHaveTheNamesOfTheArchives() {
    assertEquals("linux-x86_64", RuntimeArchive.systemName("Linux", "amd64"));
    assertEquals("linux-arm_64", RuntimeArchive.systemName("Linux", "aarch64"));
    assertEquals("darwin-arm_64", RuntimeArchive.systemName("Mac OS X", "aarch64"));
    assertEquals("darwin-x86_64", RuntimeArchive.systemName("Mac OS X", "x86_64"));
  }

  @Test
  void aHalfWrittenProcessFileSaysNothing() throws Exception {
    assertTrue(PostmasterFile.read(folder).isEmpty());
    Path file = folder.resolve("postmaster.pid");
    for (String half : List.of("", "123", "123\n/data\n", "abc\n/data\n170\n20000\n")) {
      Files.writeString(file, half);
      assertTrue(PostmasterFile.read(folder).isEmpty(), half);
    }
    Files.writeString(file, "123\n/data\n170\n20000\n\n127.0.0.1\n  99  1\nready   \n");
    assertEquals(
        new PostmasterFile(123, 170, 20_000, "ready"), PostmasterFile.read(folder).orElseThrow());
  }

  @Test
  void onlyTheNewestLogsAreKeptAndTold() throws Exception {
    var directory = new DataDirectory(folder);
    Files.createDirectories(directory.log());
    for (int day = 1; day <= 8; day++) {
      Files.writeString(
          directory.log().resolve("postgresql-2026010%d-000000.log".formatted(day)), "day " + day);
    }
    var log = new PostgresLog(directory);
    log.prune();
    try (var left = Files.list(directory.log())) {
      assertEquals(5, left.count());
    }
    PostgresLog.Mark mark = log.mark();
    Files.writeString(
        directory.log().resolve("postgresql-20260108-000000.log"), "day 8\nFATAL:  x");
    Files.writeString(directory.startLog(), "at start\n");
    assertEquals("at start\n\nFATAL:  x", log.since(mark));
  }

  @Test
  void manyMayUnpackAtOnceAndABrokenOneIsReplaced() throws Exception {
    Path broken = folder.resolve(RuntimeArchive.ofThisSystem().name());
    Files.writeString(Files.createDirectories(broken).resolve("version"), "1.0\n");
    Files.createDirectories(folder.resolve(broken.getFileName() + ".new/bin"));
    try (var threads = Executors.newFixedThreadPool(3)) {
      Callable<PostgresRuntime> unpack = () -> PostgresRuntime.in(folder);
      for (Future<PostgresRuntime> done : threads.invokeAll(List.of(unpack, unpack, unpack))) {
        assertEquals("18", done.get().majorVersion());
        assertTrue(Files.isExecutable(Path.of(done.get().program("initdb"))));
      }
    }
    try (var left = Files.list(folder)) {
      assertFalse(left.anyMatch(path -> path.toString().endsWith(".new")));
    }
  }

  @Test
  void oneCallBringsAClusterToTheDiskWhereTheSystemReportsItsErrors() {
    assertEquals("syncfs", WholeDisk.method("Linux", "6.18.44-amd64"));
    assertEquals("syncfs", WholeDisk.method("Linux", "5.8"));
    assertEquals("fsync", WholeDisk.method("Linux", "5.4.0-1-generic"));
    assertEquals("fsync", WholeDisk.method("Linux", "unknown"));
    assertEquals("fsync", WholeDisk.method("Mac OS X", "15.1"));
  }
}
