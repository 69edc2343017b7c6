package io.clawlive.server.sandbox.runtime.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Output of a process, read to its end. Java's own pipes are emptied by a second reader in the
 * moment the process ends, which may mix up what a first one is just reading.
 */
final class NamedPipe {
  private static final int CHUNK = 32 << 10;

  private final Path path;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean opened;
  private volatile boolean telling;

  NamedPipe(Path folder) throws IOException {
    this.path = folder.resolve(UUID.randomUUID().toString());
    Posix.mkfifo(path);
  }

  Path path() {
    return path;
  }

  /** Reads on a thread of its own: a read of a pipe holds its thread for as long as it waits. */
  void read(String name, Consumer<byte[]> output) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try (InputStream in = new FileInputStream(path.toFile())) {
            opened = true;
            Files.deleteIfExists(path);
            byte[] buffer = new byte[CHUNK];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              telling = true;
              output.accept(Arrays.copyOf(buffer, n));
              telling = false;
            }
          } catch (IOException e) {
            // Nothing more can be read, which is the end as well.
          } finally {
            over.countDown();
          }
        });
  }

  /**
   * The process has ended. Waits for what is still on its way, however slowly it is taken, and not
   * for who kept the pipe.
   */
  void drain(long millis) throws InterruptedException {
    if (!opened) {
      // It ended before it opened its side, for which the reader would wait for ever.
      try (RandomAccessFile both = new RandomAccessFile(path.toFile(), "rw")) {
        opened = both.getFD().valid();
      } catch (IOException e) {
        // It was opened, and so removed, in this moment.
      }
    }
    boolean slow;
    do {
      slow = telling;
    } while (!over.await(millis, TimeUnit.MILLISECONDS) && (slow || telling));
  }
}
