package io.clawlive.server.sandbox.processes;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessKeepalive;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/** Tells one caller what a process writes, from a position on, until it has ended. */
final class ProcessTail<T> implements Runnable {
  private static final long KEEPALIVE_MILLIS = 10_000;

  /** How often a call is asked whether it takes more: its own word may wait behind our input. */
  private static final long READY_MILLIS = 2;

  private final Set<ProcessTail<?>> open;
  private final OpenProcess process;
  private final ProcessJournal.Reader reader;
  private final Function<ProcessEvent, T> answer;
  private final ServerCallStreamObserver<T> out;
  private final Thread thread;
  private volatile boolean stopping;

  private ProcessTail(
      Set<ProcessTail<?>> open,
      OpenProcess process,
      ProcessJournal.Reader reader,
      Function<ProcessEvent, T> answer,
      ServerCallStreamObserver<T> out) {
    this.open = open;
    this.process = process;
    this.reader = reader;
    this.answer = answer;
    this.out = out;
    this.thread = Thread.ofVirtual().name("process").unstarted(this);
  }

  /**
   * Begins to tell.
   *
   * @param open holds it while it tells
   */
  static <T> ProcessTail<T> begin(
      Set<ProcessTail<?>> open,
      OpenProcess process,
      long position,
      Function<ProcessEvent, T> answer,
      ServerCallStreamObserver<T> out) {
    ProcessJournal journal = process.journal();
    ProcessJournal.Reader reader = journal.reader(position);
    if (reader == null) {
      throw position > journal.position()
          ? Refusal.invalidField(
              "position: the process has written %,d bytes.".formatted(journal.position()),
              "position")
          : Refusal.of(
              ErrorReason.ERROR_REASON_OUTPUT_GONE,
              "What it wrote before %,d is no longer kept.".formatted(journal.first()),
              "first_position",
              Long.toString(journal.first()));
    }
    var tail = new ProcessTail<>(open, process, reader, answer, out);
    open.add(tail);
    tail.thread.start();
    return tail;
  }

  /** The caller has gone. */
  void leave() {
    thread.interrupt();
  }

  /** The server stops. */
  void stop() {
    stopping = true;
    thread.interrupt();
  }

  @Override
  public void run() {
    try (reader) {
      send(event().setStarted(process.started()));
      while (true) {
        while (!out.isReady()) {
          Thread.sleep(READY_MILLIS);
        }
        ProcessJournal.Chunk chunk = reader.next();
        if (chunk != null) {
          send(event(chunk));
        } else if (process.journal().isOver(reader.position())) {
          ProcessExited exited = process.exited();
          send(event().setExited(exited == null ? ProcessExited.getDefaultInstance() : exited));
          out.onCompleted();
          return;
        } else if (!process.journal().await(reader.position(), KEEPALIVE_MILLIS)) {
          send(event().setKeepalive(ProcessKeepalive.getDefaultInstance()));
        }
      }
    } catch (InterruptedException gone) {
      if (stopping) {
        fail(
            Refusal.of(
                ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; attach again."));
      }
    } catch (IOException | RuntimeException e) {
      if (!out.isCancelled()) {
        fail(e instanceof RuntimeException known ? known : new IllegalStateException(e));
      }
    } finally {
      open.remove(this);
    }
  }

  private void fail(RuntimeException reason) {
    out.onError(Status.UNAVAILABLE.withCause(reason).asRuntimeException());
  }

  private ProcessEvent.Builder event() {
    return ProcessEvent.newBuilder().setPosition(reader.position());
  }

  private ProcessEvent.Builder event(ProcessJournal.Chunk chunk) {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(chunk.bytes());
    ProcessEvent.Builder event = ProcessEvent.newBuilder().setPosition(chunk.position());
    if (process.hasTerminal()) {
      return event.setTerminal(bytes);
    }
    return chunk.channel() == Channel.STDERR ? event.setStderr(bytes) : event.setStdout(bytes);
  }

  private void send(ProcessEvent.Builder event) {
    out.onNext(answer.apply(event.build()));
  }
}
