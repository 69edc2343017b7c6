package io.clawlive.sdk;

import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.sandbox.v1.SignalProcessResponse;
import io.clawlive.sdk.internal.ProcessControl;
import io.clawlive.sdk.internal.ProcessFeed;
import io.clawlive.sdk.internal.ProcessOutput;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A program that was started in a sandbox. What it does is read in one of two ways: as events, by
 * iterating, or as the streams {@link #stdout} and {@link #stderr}, each at its own pace. A lost
 * connection is made again and goes on where it was: nothing comes twice and nothing is missing.
 *
 * <p>Read what it writes, or close this object: a program whose reader is 32 MiB behind waits, as
 * it does before a full pipe. Of what nobody reads the server keeps the last 64 MiB.
 *
 * <p>Events may be walked once, by one thread at a time; everything else may be used from many
 * threads. {@link #close} ends the reading and leaves the program running.
 */
public final class SandboxProcess implements Iterable<ProcessEvent>, AutoCloseable {
  private static final Duration LONG = Duration.ofDays(36_500);

  private final ProcessStarted started;
  private final ProcessControl control;
  private final long from;
  private final ProcessFeed first;
  private final AtomicReference<@Nullable ProcessFeed> free;
  private final OutputStream input;
  private volatile @Nullable ProcessFeed walked;
  private volatile @Nullable ProcessExit exit;

  private SandboxProcess(
      Transport transport, Unary unary, String sandboxId, ProcessFeed feed, boolean ours) {
    this.first = feed;
    this.from = feed.position();
    this.started = feed.begun();
    this.control = new ProcessControl(transport, unary, sandboxId, started);
    this.free = new AtomicReference<>(feed);
    this.input = control.input(ours);
  }

  static SandboxProcess start(
      Transport transport, Unary unary, String sandboxId, ProcessOptions options) {
    ProcessFeed feed = ProcessFeed.start(transport, options.request(sandboxId));
    return new SandboxProcess(transport, unary, sandboxId, feed, true);
  }

  static SandboxProcess attach(
      Transport transport, Unary unary, String sandboxId, String pidOrTag, long position) {
    ProcessFeed feed = ProcessFeed.attach(transport, sandboxId, pidOrTag, position);
    return new SandboxProcess(transport, unary, sandboxId, feed, false);
  }

  /** Its number inside the sandbox. */
  public long pid() {
    return Integer.toUnsignedLong(started.getPid());
  }

  /** The name by which it is found again, as it was given or made up. */
  public String tag() {
    return started.getTag();
  }

  /** Walks through what it does, from where this object begins; the last event is its end. */
  @Override
  public Iterator<ProcessEvent> iterator() {
    return new Walk();
  }

  /**
   * Waits for what it does next.
   *
   * @param timeout longest wait; zero means take what is there
   * @return empty when the time is over, or when nothing more comes (see {@link #isDone})
   * @throws InvalidRequestException with reason OUTPUT_GONE when others read so far ahead that what
   *     comes next is no longer kept
   * @throws NotFoundException with reason PROCESS_NOT_FOUND when it ended with its server
   */
  public Optional<ProcessEvent> poll(Duration timeout) {
    return Optional.ofNullable(walked().next(timeout)).map(this::view);
  }

  /** Whether all events were taken. */
  public boolean isDone() {
    ProcessFeed walk = walked;
    return walk != null && walk.isDone();
  }

  /**
   * Bytes of its output that the events told of until now, all channels together: where {@link
   * Sandbox#attach} goes on.
   */
  public long position() {
    ProcessFeed walk = walked;
    return walk == null ? from : walk.position();
  }

  /** What it writes to its standard output, or to its terminal. Each call reads from the start. */
  public InputStream stdout() {
    return new ProcessOutput(
        reader(), event -> event.hasTerminal() ? event.getTerminal() : event.getStdout());
  }

  /** What it writes to its standard error. Each call reads from the start. */
  public InputStream stderr() {
    return new ProcessOutput(reader(), io.clawlive.sandbox.v1.ProcessEvent::getStderr);
  }

  /**
   * Its standard input. Every write is sent at once and returns when the program has read it or a
   * pipe holds it; closing it is the end of input. A lost call is made again and writes nothing
   * twice. For one writer: who attaches and writes too should be the only one.
   */
  public OutputStream input() {
    return input;
  }

  /**
   * Sends a signal to it and to what it started; does nothing when it has ended.
   *
   * @param number 1 to 64, as Linux numbers them: 2 interrupts, 9 kills, 15 asks to end
   */
  public void signal(int number) {
    SignalProcessResponse unused = Unary.await(signalAsync(number));
  }

  /** As {@link #signal}. */
  public CompletableFuture<SignalProcessResponse> signalAsync(int number) {
    return control.signal(number);
  }

  /**
   * Tells it that its terminal has another size; does nothing without one.
   *
   * @param columns 1 to 1,000
   * @param rows 1 to 1,000
   */
  public void resize(int columns, int rows) {
    var unused = Unary.await(control.resize(columns, rows));
  }

  /** Waits until it has ended. Where nobody reads what it writes, that is passed over. */
  public ProcessExit await() {
    return within(LONG).orElseThrow(() -> new IllegalStateException("the time is over"));
  }

  /**
   * As {@link #await()}.
   *
   * @param timeout longest wait
   * @throws TimeoutException when it runs longer; it goes on running
   */
  public ProcessExit await(Duration timeout) throws TimeoutException {
    return within(timeout)
        .orElseThrow(() ->
            new TimeoutException(
                "The process %d runs longer than %d ms.".formatted(pid(), timeout.toMillis())));
  }

  private Optional<ProcessExit> within(Duration timeout) {
    ProcessExited told = first.exited();
    if (exit == null && told == null) {
      ProcessFeed unread = free.getAndSet(null);
      told = unread == null ? control.exit(timeout) : ProcessControl.exit(unread, timeout);
      if (unread != null && told == null) {
        free.set(unread);
      }
    }
    if (told != null) {
      exit = ProcessExit.of(told);
    }
    return Optional.ofNullable(exit);
  }

  /** The first reader of all, or a further one from the same place. */
  private ProcessFeed reader() {
    ProcessFeed unread = free.getAndSet(null);
    return unread == null ? control.feed(from) : unread;
  }

  private synchronized ProcessFeed walked() {
    ProcessFeed walk = walked;
    if (walk == null) {
      walk = reader();
      walked = walk;
    }
    return walk;
  }

  private ProcessEvent view(io.clawlive.sandbox.v1.ProcessEvent event) {
    long position = event.getPosition();
    return switch (event.getEventCase()) {
      case STDOUT -> new ProcessEvent.Stdout(event.getStdout(), position);
      case STDERR -> new ProcessEvent.Stderr(event.getStderr(), position);
      case TERMINAL -> new ProcessEvent.TerminalOutput(event.getTerminal(), position);
      case EXITED -> {
        ProcessExit told = ProcessExit.of(event.getExited());
        exit = told;
        yield new ProcessEvent.Exited(told, position);
      }
      case STARTED, KEEPALIVE, EVENT_NOT_SET ->
          throw new IllegalStateException("the feed handed out " + event.getEventCase());
    };
  }

  /** Ends the reading of events; the program runs on. */
  @Override
  public void close() {
    first.close();
    ProcessFeed walk = walked;
    if (walk != null) {
      walk.close();
    }
  }

  @Override
  public String toString() {
    return "SandboxProcess[" + pid() + " " + tag() + "]";
  }

  private final class Walk implements Iterator<ProcessEvent> {
    private @Nullable ProcessEvent ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        ahead = poll(LONG).orElse(null);
      }
      return ahead != null;
    }

    @Override
    public ProcessEvent next() {
      if (!hasNext() || ahead == null) {
        throw new NoSuchElementException("nothing more happens");
      }
      ProcessEvent told = ahead;
      ahead = null;
      return told;
    }
  }
}
