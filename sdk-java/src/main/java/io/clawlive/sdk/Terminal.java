package io.clawlive.sdk;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.sdk.internal.ProcessControl;
import io.clawlive.sdk.internal.ProcessFeed;
import io.clawlive.sdk.internal.ProcessOutput;
import io.clawlive.sdk.internal.TerminalKeys;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * A program in a sandbox that has a terminal, over one call that carries its keys and what it
 * shows. A lost call is made again: what it shows comes once and whole, and so do keys for a
 * terminal that was started here. Reading {@link #output} is what drives all of it, so somebody has
 * to read.
 *
 * <p>One thread reads and another types; {@link #close} leaves the program running.
 */
public final class Terminal implements AutoCloseable {
  private static final Duration LONG = Duration.ofDays(36_500);

  private final ProcessFeed feed;
  private final TerminalKeys keys;
  private final ProcessStarted started;
  private final ProcessControl control;

  private Terminal(
      Transport transport, Unary unary, String sandboxId, ProcessFeed feed, TerminalKeys keys) {
    this.feed = feed;
    this.keys = keys;
    this.started = feed.begun();
    this.control = new ProcessControl(transport, unary, sandboxId, started);
  }

  static Terminal start(
      Transport transport, Unary unary, String sandboxId, ProcessOptions options) {
    TerminalKeys keys = new TerminalKeys(transport, sandboxId, true);
    ProcessFeed feed = ProcessFeed.start(transport, keys, options.request(sandboxId));
    return new Terminal(transport, unary, sandboxId, feed, keys);
  }

  static Terminal attach(
      Transport transport, Unary unary, String sandboxId, String pidOrTag, long position) {
    TerminalKeys keys = new TerminalKeys(transport, sandboxId, false);
    ProcessFeed feed = ProcessFeed.attach(transport, keys, sandboxId, pidOrTag, position);
    return new Terminal(transport, unary, sandboxId, feed, keys);
  }

  /** The program's number inside the sandbox. */
  public long pid() {
    return Integer.toUnsignedLong(started.getPid());
  }

  /** The name by which it is found again, as it was given or made up. */
  public String tag() {
    return started.getTag();
  }

  /** What it shows, with what moves the cursor; ends when the program has. For one thread. */
  public InputStream output() {
    return new ProcessOutput(
        feed, event -> event.hasTerminal() ? event.getTerminal() : event.getStdout());
  }

  /**
   * Types keys.
   *
   * @throws IOException when the program has ended or this was closed
   */
  public void type(String text) throws IOException {
    type(ByteString.copyFrom(text, StandardCharsets.UTF_8));
  }

  private void type(ByteString bytes) throws IOException {
    if (!keys.type(bytes)) {
      throw new IOException("the terminal takes no more keys");
    }
  }

  /** Its keyboard. Every write is sent at once; closing it is the end of input. */
  public OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        type(ByteString.copyFrom(bytes, offset, length));
      }

      @Override
      public void close() {
        boolean unused = keys.end();
      }
    };
  }

  /**
   * Tells the program that the terminal has another size.
   *
   * @param columns 1 to 1,000
   * @param rows 1 to 1,000
   */
  public void resize(int columns, int rows) {
    var unused = Unary.await(control.resize(columns, rows));
  }

  /** As {@link SandboxProcess#signal}. */
  public void signal(int number) {
    var unused = Unary.await(control.signal(number));
  }

  /** Waits until the program has ended, which needs somebody who reads {@link #output}. */
  public ProcessExit await() {
    ProcessExited told = feed.exited();
    if (told == null) {
      told = control.exit(LONG);
    }
    if (told == null) {
      throw new IllegalStateException("the time is over");
    }
    return ProcessExit.of(told);
  }

  /** Ends the call; the program runs on. */
  @Override
  public void close() {
    feed.close();
  }

  @Override
  public String toString() {
    return "Terminal[" + pid() + " " + tag() + "]";
  }
}
