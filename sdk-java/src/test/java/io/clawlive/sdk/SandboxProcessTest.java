package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in sandboxes over a wire that breaks. */
@Timeout(60)
class SandboxProcessTest {
  private final byte[] output = bytes(1_001);
  private final ProcessDouble server = new ProcessDouble(output);
  private final Transport transport = new Transport(ClawLiveOptions.of(server.address()));
  private final Sandbox sandbox =
      new Sandbox(
          transport,
          new Unary(transport),
          io.clawlive.sandbox.v1.Sandbox.newBuilder().setSandboxId("a-sandbox").build(),
          false);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  /** Every second byte, from the first or the second on. */
  private byte[] every(int first) {
    byte[] half = new byte[(output.length - first + 1) / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = output[2 * i + first];
    }
    return half;
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @Test
  void whatItWritesIsReadOnceHoweverOftenTheCallBreaks() {
    server.breaksAfter = 70;
    ProcessResult result = sandbox.run("make");
    assertArrayEquals(every(0), result.stdout().toByteArray());
    assertArrayEquals(every(1), result.stderr().toByteArray());
    assertEquals(3, result.code());
    assertFalse(result.truncated());
    assertTrue(server.calls.get() >= 14, "so many calls: " + server.calls);
    assertEquals(1, server.starts.get());
  }

  @Test
  void itsChannelsAreReadAsStreamsEachAtItsOwnPace() throws IOException {
    server.breaksAfter = 400;
    try (SandboxProcess process = sandbox.start("make")) {
      assertArrayEquals(every(1), process.stderr().readAllBytes());
      assertArrayEquals(every(0), process.stdout().readAllBytes());
      assertEquals(3, process.await().code());
      assertEquals(42, process.pid());
    }
  }

  @Test
  void whoDoesNotReadLearnsHowItEnded() {
    try (SandboxProcess process = sandbox.start("make")) {
      assertEquals(3, process.await().code());
      assertEquals(3, process.await().code());
    }
  }

  @Test
  void whoComesBackGoesOnFromAPosition() {
    try (SandboxProcess process = sandbox.start("make")) {
      for (ProcessEvent event : process) {
        if (event.position() == 500) {
          break;
        }
      }
      assertEquals(500, process.position());
    }
    StringBuilder seen = new StringBuilder();
    try (SandboxProcess process = sandbox.attach("42", 500)) {
      process.forEach(event -> seen.append(event.position()).append(' '));
    }
    assertTrue(seen.toString().startsWith("501 502 "), seen.toString());
    assertTrue(seen.toString().endsWith(" 1000 1001 1001 "), seen.toString());
  }

  @Test
  void aStartIsRepeatedUntilItHappenedOnce() {
    server.lostStarts.set(2);
    server.lostAnswers.set(1);
    assertEquals(3, sandbox.run("make").code());
    assertEquals(1, server.starts.get());
  }

  @Test
  void underATagOfTheCallersALostStartIsTold() {
    server.hadTag("build");
    server.lostStarts.set(1);
    UnavailableException lost =
        assertThrows(
            UnavailableException.class,
            () -> sandbox.start(ProcessOptions.of("make").withTag("build")));
    assertEquals("CONNECTION_LOST", lost.reason());
    AlreadyExistsException taken =
        assertThrows(
            AlreadyExistsException.class,
            () -> sandbox.start(ProcessOptions.of("make").withTag("build")));
    assertEquals("PROCESS_TAG_TAKEN", taken.reason());
  }

  @Test
  void whatIsNotThereIsSaidAtOnce() {
    NotFoundException none =
        assertThrows(NotFoundException.class, () -> sandbox.attach("nobody", 0));
    assertEquals("PROCESS_NOT_FOUND", none.reason());
  }

  @Test
  void inputWhoseAnswerIsLostIsWrittenOnce() throws IOException {
    server.lostInputs.set(3);
    try (SandboxProcess process = sandbox.start("cat")) {
      process.input().write("one ".getBytes(StandardCharsets.UTF_8));
      process.input().write("two".getBytes(StandardCharsets.UTF_8));
      process.input().close();
      assertThrows(IOException.class, () -> process.input().write(1));
    }
    assertEquals("one two", server.input());
    assertTrue(server.inputEnded());
  }

  @Test
  void theFirstInputOfWhoComesBackIsNotRepeated() throws IOException {
    try (SandboxProcess first = sandbox.start("cat")) {
      first.input().write("one ".getBytes(StandardCharsets.UTF_8));
    }
    try (SandboxProcess again = sandbox.attach("42", 0)) {
      server.lostInputs.set(1);
      byte[] two = "two ".getBytes(StandardCharsets.UTF_8);
      assertThrows(UnavailableException.class, () -> again.input().write(two));
      again.input().write("three ".getBytes(StandardCharsets.UTF_8));
      server.lostInputs.set(1);
      again.input().write("four".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("one two three four", server.input());
  }

  @Test
  void keysOfALostCallAreTypedOnce() throws Exception {
    try (Terminal terminal = sandbox.terminal(80, 24, "sh")) {
      CompletableFuture<byte[]> shown =
          CompletableFuture.supplyAsync(() -> {
            try {
              return terminal.output().readAllBytes();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      StringBuilder typed = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        if (i % 50 == 20) {
          server.lostKeys.set(1);
        }
        String keys = i + " ";
        terminal.type(keys);
        typed.append(keys);
        Thread.sleep(1);
      }
      terminal.input().close();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!server.inputEnded() || server.input().length() < typed.length()) {
        assertTrue(System.nanoTime() < end, "only " + server.input());
        Thread.sleep(10);
      }
      assertEquals(typed.toString(), server.input());
      assertTrue(server.calls.get() >= 5, "so many calls: " + server.calls);
      server.exits(7);
      assertEquals(0, shown.get(10, TimeUnit.SECONDS).length);
      assertEquals(7, terminal.await().code());
      assertThrows(IOException.class, () -> terminal.type("more"));
    }
  }

  @Test
  void closingEndsAWaitingReader() throws Exception {
    Terminal terminal = sandbox.terminal(80, 24, "sh");
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> {
          try {
            return terminal.output().read();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    Thread.sleep(100);
    assertFalse(read.isDone());
    terminal.close();
    assertEquals(-1, read.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whatNoServerCouldTakeIsRefusedHere() {
    assertThrows(IllegalArgumentException.class, () -> ProcessOptions.of());
    assertThrows(
        IllegalArgumentException.class, () -> ProcessOptions.of("sh").withTerminal(80, 0));
  }
}
