package io.clawlive.server.sandbox.files;

import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.grpc.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A script that runs inside a sandbox. What it writes and nobody has read yet is held up to a bound,
 * beyond which the script waits. Closing it ends it.
 */
final class ScriptRun implements ProcessSink, AutoCloseable {
  private static final int MOST_HELD = 256 << 10;
  private static final int MOST_ERRORS = 16 << 10;
  private static final long LOOK_MILLIS = 250;
  private static final int KILL = 9;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Deque<byte[]> held = new ArrayDeque<>();
  private int heldBytes;
  private byte[] current = new byte[0];
  private int taken;
  private long until;
  private int code;
  private boolean ended;
  private boolean closed;
  private @Nullable String lost;
  private @Nullable RuntimeProcess process;

  ScriptRun(Duration within) {
    allow(within);
  }

  /** From now on it has so long to answer. */
  void allow(Duration within) {
    until = System.nanoTime() + within.toNanos();
  }

  /** It runs; or it was closed before it did. */
  void runs(RuntimeProcess started) {
    boolean late;
    synchronized (this) {
      process = started;
      late = closed && !ended;
    }
    if (late) {
      kill(started);
    }
  }

  @Override
  public synchronized void output(Channel channel, byte[] bytes) {
    if (channel == Channel.STDERR) {
      errors.write(bytes, 0, Math.min(bytes.length, MOST_ERRORS - errors.size()));
      return;
    }
    try {
      while (heldBytes >= MOST_HELD && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!closed) {
      held.add(bytes);
      heldBytes += bytes.length;
      notifyAll();
    }
  }

  @Override
  public synchronized void ended(int with) {
    code = with;
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized void lost(String why) {
    lost = why;
    ended = true;
    notifyAll();
  }

  /**
   * What it writes, read once.
   *
   * <p>A read throws {@link TooSlow} when it does not answer in time, and {@link
   * InterruptedIOException} when nobody waits for the answer any more.
   */
  InputStream output() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return taken == current.length && !advance() ? -1 : current[taken++] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (taken == current.length && !advance()) {
          return -1;
        }
        int count = Math.min(length, current.length - taken);
        System.arraycopy(current, taken, into, offset, count);
        taken += count;
        return count;
      }
    };
  }

  private synchronized boolean advance() throws IOException {
    while (held.isEmpty()) {
      if (ended) {
        return false;
      }
      await();
    }
    current = held.remove();
    taken = 0;
    heldBytes -= current.length;
    notifyAll();
    return true;
  }

  /** How it ended, once it has. */
  synchronized int code() throws IOException {
    while (!ended) {
      await();
    }
    if (lost != null) {
      throw new Lost(lost);
    }
    return code;
  }

  private synchronized void await() throws IOException {
    long left = (until - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new TooSlow();
    }
    if (Context.current().isCancelled()) {
      throw new InterruptedIOException();
    }
    try {
      wait(Math.min(left, LOOK_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException().initCause(e);
    }
  }

  /** Waits for its end, but not for long; true when it has ended. */
  synchronized boolean endsWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); !ended && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return ended;
  }

  /** What it wrote to standard error until now. */
  synchronized String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** Its standard input. */
  synchronized OutputStream input() {
    if (process == null) {
      throw new IllegalStateException("a script is used before it runs");
    }
    return process.input();
  }

  @Override
  public void close() {
    RuntimeProcess running;
    synchronized (this) {
      closed = true;
      held.clear();
      notifyAll();
      running = ended ? null : process;
    }
    if (running != null) {
      kill(running);
    }
  }

  /** Takes a moment and is nobody's business. */
  private static void kill(RuntimeProcess process) {
    Thread.ofVirtual()
        .name("script end")
        .start(() -> {
          try {
            process.signal(KILL);
          } catch (RuntimeRefusal e) {
            // The sandbox or its engine is gone, and the script with it.
          }
        });
  }

  /** It did not answer in time. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The sandbox or its runtime went away under it. */
  static final class Lost extends IOException {
    private static final long serialVersionUID = 1L;

    Lost(String why) {
      super(why);
    }
  }
}
