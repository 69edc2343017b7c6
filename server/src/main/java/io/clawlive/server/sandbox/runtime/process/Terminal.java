package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.server.sandbox.runtime.ExecPlan.TerminalSize;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** A terminal at which a process sits; this is the other side of it. */
final class Terminal {
  private static final int CHUNK = 32 << 10;
  private static final int LOOK_MILLIS = 100;
  private static final byte[] END_OF_INPUT = {4};

  private final int fd;
  private final String name;
  private volatile boolean ended;
  private boolean closed;
  private final Thread[] reader = new Thread[1];

  Terminal(TerminalSize size) throws IOException {
    fd = Posix.openTerminal();
    name = Posix.terminalName(fd);
    resize(size);
  }

  /** The name under which the process opens its side. */
  String name() {
    return name;
  }

  synchronized void resize(TerminalSize size) throws IOException {
    if (!closed) {
      Posix.resizeTerminal(fd, size.columns(), size.rows());
    }
  }

  void read(String thread, Consumer<byte[]> output) {
    reader[0] =
        Thread.ofPlatform()
            .daemon()
            .name(thread)
            .start(() -> {
              try {
                readToEnd(output);
              } catch (IOException e) {
                // Nothing more can be read, which is the end as well.
              } finally {
                close();
              }
            });
  }

  private void readToEnd(Consumer<byte[]> output) throws IOException {
    while (true) {
      // Nobody sits at it before the process has begun, which looks like an end.
      boolean readable = Posix.readable(fd, LOOK_MILLIS);
      byte[] bytes = readable ? Posix.read(fd, CHUNK) : new byte[0];
      if (bytes.length > 0) {
        output.accept(bytes);
      } else if (ended) {
        return;
      } else if (readable) {
        pauseALittle();
      }
    }
  }

  private static void pauseALittle() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process has ended; what it wrote is still read. */
  void drain(long millis) throws InterruptedException {
    ended = true;
    Thread reading = reader[0];
    if (reading != null) {
      reading.join(millis);
    }
  }

  private synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        Posix.close(fd);
      } catch (IOException e) {
        // It is of no use any more.
      }
    }
  }

  OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
          throw new IOException("The program has ended.");
        }
        Posix.write(fd, bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (!ended) {
          Posix.write(fd, END_OF_INPUT, 0, 1);
        }
      }
    };
  }
}
