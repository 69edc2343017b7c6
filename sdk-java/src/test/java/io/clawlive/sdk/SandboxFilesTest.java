package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files of sandboxes over a wire that breaks. */
@Timeout(60)
class SandboxFilesTest {
  private static final String PATH = "/workspace/file";

  private final FileDouble server = new FileDouble();
  private final Transport transport = new Transport(ClawLiveOptions.of(server.address()));
  private final SandboxFiles files =
      new Sandbox(
              transport,
              new Unary(transport),
              io.clawlive.sandbox.v1.Sandbox.newBuilder().setSandboxId("a-sandbox").build(),
              false)
          .files();

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @Test
  void aFileIsReadWholeHoweverOftenTheCallBreaks() throws IOException {
    byte[] content = bytes(100_500);
    server.files.put(PATH, content);
    server.breaksAfter = 15_000;
    try (InputStream read = files.read(PATH)) {
      assertArrayEquals(content, read.readAllBytes());
    }
    assertTrue(server.calls.get() >= 7, "so many calls: " + server.calls);
    try (InputStream read = files.read(PATH, 1_234, 50_000)) {
      assertArrayEquals(Arrays.copyOfRange(content, 1_234, 51_234), read.readAllBytes());
    }
  }

  @Test
  void aFileThatChangesMeanwhileIsNotMixed() throws IOException {
    server.files.put(PATH, bytes(100_000));
    server.breaksAfter = 15_000;
    try (InputStream read = files.read(PATH)) {
      assertEquals(10, read.readNBytes(10).length);
      server.seconds = 2;
      IOException changed = assertThrows(IOException.class, read::readAllBytes);
      assertTrue(changed.getMessage().contains("changed"), changed.getMessage());
    }
  }

  @Test
  void whatArrivesDamagedIsSaid() throws IOException {
    server.files.put(PATH, bytes(3_000));
    server.damages = true;
    try (InputStream read = files.read(PATH)) {
      IOException damaged = assertThrows(IOException.class, read::readAllBytes);
      assertTrue(damaged.getMessage().contains("damaged"), damaged.getMessage());
    }
  }

  @Test
  void anEmptyFileIsReadAndWritten() throws IOException {
    assertEquals(0, files.write(PATH, InputStream.nullInputStream()).getSize());
    try (InputStream read = files.read(PATH)) {
      assertEquals(-1, read.read());
    }
  }

  @Test
  void whatIsNotThereIsSaidBeforeAnythingIsRead() {
    assertEquals(
        "FILE_NOT_FOUND",
        assertThrows(NotFoundException.class, () -> files.read("/workspace/none")).reason());
  }

  @Test
  void aFileIsWrittenWholeHoweverOftenTheCallBreaks() throws IOException {
    byte[] content = bytes(24 << 20);
    server.breaksAfter = 3 << 20;
    FileEntry written = files.write(PATH, new ByteArrayInputStream(content));
    assertEquals(content.length, written.getSize());
    assertArrayEquals(content, server.files.get(PATH));
    assertTrue(server.calls.get() >= 7, "so many calls: " + server.calls);
    assertFalse(server.files.containsKey(PATH + ".part"));
  }

  @Test
  void aWriteWhoseAnswerIsLostIsFoundDone() throws IOException {
    byte[] content = bytes(300_000);
    server.lostAnswers.set(1);
    assertEquals(content.length, files.write(PATH, new ByteArrayInputStream(content)).getSize());
    assertArrayEquals(content, server.files.get(PATH));
  }

  @Test
  void whatIsThereIsOnlyReplacedWhereThatIsWanted() {
    server.files.put(PATH, bytes(10));
    AlreadyExistsException exists =
        assertThrows(
            AlreadyExistsException.class,
            () -> files.write(PATH, new ByteArrayInputStream(bytes(20)), 0, false));
    assertEquals("FILE_EXISTS", exists.reason());
    assertEquals(10, server.files.get(PATH).length);
  }

  @Test
  void aSourceThatFailsLeavesNothingHalf() {
    InputStream broken =
        new InputStream() {
          private int left = 500_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("the disk is gone");
            }
            return 1;
          }
        };
    assertEquals(
        "the disk is gone",
        assertThrows(IOException.class, () -> files.write(PATH, broken)).getMessage());
    assertFalse(server.files.containsKey(PATH));
  }
}
