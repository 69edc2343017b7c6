package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;

/** A call that is told one message after the other, by a thread of its own that waits for it. */
final class FileStreamCall<T> implements FileCalls.Lasting {
  private final FileCalls calls;
  private final ServerCallStreamObserver<T> out;
  private final Semaphore ready = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;

  /** What is told. */
  @FunctionalInterface
  interface Telling<T> {
    /** Tells everything; interrupted when nobody hears it any more. */
    void tell(FileStreamCall<T> call) throws InterruptedException;
  }

  private FileStreamCall(
      FileCalls calls, Telling<T> telling, ServerCallStreamObserver<T> out) {
    this.calls = calls;
    this.out = out;
    this.thread = Thread.ofVirtual().name("files").unstarted(() -> run(telling));
  }

  static <T> void begin(FileCalls calls, Telling<T> telling, ServerCallStreamObserver<T> out) {
    var call = new FileStreamCall<>(calls, telling, out);
    out.setOnReadyHandler(call.ready::release);
    out.setOnCancelHandler(call.thread::interrupt);
    calls.add(call);
    call.thread.start();
  }

  @Override
  public void stop() {
    stopping = true;
    thread.interrupt();
  }

  /** Sends a message as soon as the caller takes it. */
  void send(T message) throws InterruptedException {
    while (!out.isReady()) {
      ready.acquire();
      int unused = ready.drainPermits();
    }
    out.onNext(message);
  }

  private void run(Telling<T> telling) {
    try {
      telling.tell(this);
      out.onCompleted();
    } catch (InterruptedException | RuntimeException e) {
      if (stopping) {
        fail(
            Refusal.of(
                ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; call again."));
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
}
