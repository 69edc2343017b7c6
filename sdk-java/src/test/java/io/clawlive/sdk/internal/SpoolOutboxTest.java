package io.clawlive.sdk.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sdk.Events;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.UnavailableException;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolOutboxTest {
  private static final String STREAM = "018f0000-0000-7000-8000-000000000001";
  private static final PublisherOptions OPTIONS =
      PublisherOptions.defaults().withBuffer(64, 1 << 20).withMaxSpoolBytes(16 << 20);

  @TempDir private Path directory;

  @Test
  void moreThanTheMemoryTakesComesBackFromDiskInOrder() {
    try (SpoolOutbox spool = open()) {
      put(spool, 1, 1_000);
      assertEquals(1_000, spool.size());
      assertEquals(LongStream.rangeClosed(1, 1_000).boxed().toList(), drain(spool));
      assertEquals(0, spool.size());
      assertEquals(Long.MAX_VALUE, spool.first());
    }
    assertEquals(0, segments());
  }

  @Test
  void writingAndReadingMayAlternate() {
    try (SpoolOutbox spool = open()) {
      List<Long> seen = new ArrayList<>();
      long next = 1;
      for (int round = 1; round <= 200; round++) {
        put(spool, next, next + round % 90);
        next += round % 90 + 1;
        takeSome(spool, seen, round % 37);
      }
      seen.addAll(drain(spool));
      assertEquals(LongStream.range(1, next).boxed().toList(), seen);
    }
  }

  @Test
  void whatWasNotCommittedIsThereAfterAReopen() {
    String producer;
    try (SpoolOutbox spool = open()) {
      producer = spool.numbering().producerId();
      put(spool, 1, 300);
      spool.take(100, 1 << 20);
      spool.committed(20);
    }
    try (SpoolOutbox spool = open()) {
      assertEquals(producer, spool.numbering().producerId());
      spool.committed(20);
      assertEquals(280, spool.size());
      assertEquals(301, spool.numbering().peek());
      assertEquals(LongStream.rangeClosed(21, 300).boxed().toList(), drain(spool));
    }
  }

  @Test
  void aTornTailIsLeftOutAndEverythingBeforeItKept() throws IOException {
    crash(10);
    Path file = segmentFiles().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut < 60; cut += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));
      Segment read = Segment.scan(file);
      assertTrue(read.events >= 6 && read.events < 10, "cut " + cut + ": " + read.events);
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
    try (SpoolOutbox spool = open()) {
      assertEquals(LongStream.rangeClosed(1, 9).boxed().toList(), drain(spool));
    }
  }

  @Test
  void aFlippedBitEndsItsFile() throws IOException {
    crash(10);
    Path file = segmentFiles().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 2] ^= 1;
    Files.write(file, bytes);
    assertEquals(9, Segment.scan(file).events);
  }

  @Test
  void afterACrashNoNumberIsGivenTwice() throws IOException {
    crash(10);
    Files.write(segmentFiles().get(0), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    try (SpoolOutbox spool = open()) {
      assertTrue(spool.numbering().peek() > 10, "next is " + spool.numbering().peek());
    }
  }

  @Test
  void filesAreDeletedAsTheyAreCommitted() {
    try (SpoolOutbox spool = open()) {
      String text = "x".repeat(60_000);
      for (long number = 1; number <= 200; number++) {
        spool.add(Events.thought(number, text));
      }
      long before = segments();
      assertTrue(before >= 5, "files: " + before);
      drain(spool);
      assertTrue(segments() <= 1, "files: " + segments());
    }
  }

  @Test
  void theSizeLimitHoldsAndTheOldestFileCanBeGivenUp() {
    try (SpoolOutbox spool = open()) {
      String text = "x".repeat(60_000);
      long number = 0;
      while (spool.fits(60_100)) {
        spool.add(Events.thought(++number, text));
      }
      assertTrue(number > 250 && number <= 280, "events: " + number);
      long given = spool.dropOldest();
      assertTrue(given > 0);
      assertEquals(number - given, spool.size());
      assertTrue(spool.fits(60_100));
      assertEquals(LongStream.rangeClosed(given + 1, number).boxed().toList(), drain(spool));
    }
  }

  @Test
  void whatIsOnItsWayIsNotGivenUp() {
    try (SpoolOutbox spool = open()) {
      put(spool, 1, 10);
      assertEquals(4, spool.take(4, 1 << 20).size());
      assertEquals(6, spool.dropOldest());
      assertEquals(4, spool.size());
      assertEquals(0, spool.dropOldest());
      spool.rewind();
      assertEquals(List.of(1L, 2L, 3L, 4L), drain(spool));
    }
  }

  @Test
  void eventsOfAnotherSessionAreNotMixed() {
    try (SpoolOutbox spool = open()) {
      put(spool, 1, 1);
    }
    String other = STREAM.replace('1', '2');
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class, () -> SpoolOutbox.open(directory, other, OPTIONS));
    assertTrue(refused.getMessage().contains(STREAM));
    try (SpoolOutbox spool = open()) {
      drain(spool);
    }
    try (SpoolOutbox spool = SpoolOutbox.open(directory, other, OPTIONS)) {
      assertEquals(1, spool.numbering().peek());
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAClearFailure() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    UnavailableException failed =
        assertThrows(
            UnavailableException.class,
            () -> SpoolOutbox.open(file.resolve("spool"), STREAM, OPTIONS));
    assertEquals("SPOOL_FAILED", failed.reason());
    assertFalse(failed.getMessage().isBlank());
  }

  /** Leaves a directory behind as a killed process would. */
  private void crash(int events) throws IOException {
    SpoolOutbox spool = open();
    put(spool, 1, events);
    spool.persist();
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    spool.close();
    directory = copy;
  }

  private SpoolOutbox open() {
    return SpoolOutbox.open(directory, STREAM, OPTIONS);
  }

  private static void put(SpoolOutbox spool, long from, long to) {
    for (long number = from; number <= to; number++) {
      assertEquals(number, spool.numbering().peek());
      spool.add(Events.thought(number, "text of event number " + number));
      spool.numbering().used(number);
    }
  }

  private static List<Long> drain(SpoolOutbox spool) {
    List<Long> seen = new ArrayList<>();
    while (takeSome(spool, seen, 50)) {
      assertTrue(spool.size() >= 0);
    }
    return seen;
  }

  private static boolean takeSome(SpoolOutbox spool, List<Long> seen, int most) {
    List<Event> batch = spool.take(most, 1 << 20);
    if (batch.isEmpty()) {
      return false;
    }
    batch.forEach(event -> seen.add(event.getProducerSequence()));
    spool.committed(seen.get(seen.size() - 1));
    return true;
  }

  private long segments() {
    try {
      return segmentFiles().size();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private List<Path> segmentFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }
}
