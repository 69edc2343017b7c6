package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file for one caller. A thread of its own hands on what comes; only so much is asked for
 * as may lie in memory.
 */
final class FileWriteCall implements StreamObserver<WriteFileRequest>, FileCalls.Lasting {
  /** Messages of at most 256 KiB that may wait for the sandbox. */
  private static final int AHEAD = 4;

  /** How long what a caller sent before it left may take to be written. */
  static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  /** Stands in the queue for the end of a caller that never said {@code end}. */
  private static final WriteFileRequest BROKEN_OFF = WriteFileRequest.getDefaultInstance();

  private final Inside inside;
  private final FileCalls calls;
  private final ServerCallStreamObserver<WriteFileResponse> out;
  private final LinkedBlockingQueue<WriteFileRequest> arrived = new LinkedBlockingQueue<>();
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile @Nullable Thread thread;
  private volatile @Nullable ScriptRun taking;
  private volatile boolean stopping;

  FileWriteCall(
      Inside inside, FileCalls calls, ServerCallStreamObserver<WriteFileResponse> out) {
    this.inside = inside;
    this.calls = calls;
    this.out = out;
    out.disableAutoRequest();
    out.setOnCancelHandler(this::leave);
    // A refusal is answered above this class, which hears of it only as the end of the call.
    out.setOnCloseHandler(this::leave);
    out.request(1);
  }

  @Override
  public void onNext(WriteFileRequest request) {
    if (request.hasOpen() != (thread == null)) {
      throw Refusal.invalidField(
          thread == null ? "open: the first message opens." : "open: sent twice.", "open");
    }
    if (request.hasOpen()) {
      begin(request.getOpen());
    } else {
      arrived.add(request);
    }
  }

  private void begin(WriteFileOpen open) {
    FileWriting writing =
        new FileWriting(
            inside,
            calls,
            UUID.fromString(open.getSandboxId()),
            FilePath.belowRoot(open.getPath(), "open.path"),
            open);
    // Writing to a sandbox that does not read holds the thread.
    Thread started = Thread.ofPlatform().daemon().name("file write").unstarted(() -> run(writing));
    thread = started;
    calls.add(this);
    started.start();
  }

  private void run(FileWriting writing) {
    try {
      WriteFileResponse answer = writing.write(this);
      out.onNext(answer);
      out.onCompleted();
    } catch (InterruptedException | RuntimeException e) {
      if (stopping) {
        fail(
            Refusal.of(
                ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; go on later."));
      } else if (!out.isCancelled()) {
        fail(e);
      }
    } finally {
      calls.remove(this);
    }
  }

  private void fail(Exception reason) {
    out.onError(Status.UNAVAILABLE.withCause(reason).asRuntimeException());
  }

  /** The sandbox takes bytes. */
  void ready(ScriptRun script) {
    taking = script;
    out.request(AHEAD);
  }

  /** The next bytes; empty at the end. */
  WriteFileRequest next() throws InterruptedException {
    WriteFileRequest next = arrived.take();
    if (next == BROKEN_OFF) {
      throw Refusal.invalidField(
          "end: the call ended without it; what arrived is kept.", "end");
    }
    return next;
  }

  /** The last bytes are handed on. */
  void more() {
    out.request(1);
  }

  private void leave() {
    Thread known = thread;
    if (known != null && known.isAlive() && left.compareAndSet(false, true)) {
      known.interrupt();
      Thread.ofVirtual().name("file write end").start(() -> endSoon(known));
    }
  }

  /** Who writes to a sandbox that does not read hears no interrupt. */
  private void endSoon(Thread writing) {
    try {
      if (!writing.join(ENDS_WITHIN)) {
        ScriptRun script = taking;
        if (script != null) {
          script.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    stopping = true;
    leave();
  }

  @Override
  public void onError(Throwable gone) {
    leave();
  }

  @Override
  public void onCompleted() {
    if (thread == null) {
      throw Refusal.invalidField("open: the first message opens.", "open");
    }
    arrived.add(BROKEN_OFF);
  }
}
