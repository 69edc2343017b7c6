package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** One WriteFile call, whose sender waits while the transport takes nothing. */
final class FileWriteCall extends ClientCall.Listener<WriteFileResponse> {
  private final Transport transport;
  private final CallToken token;
  private final ClientCall<WriteFileRequest, WriteFileResponse> wire;
  private @Nullable WriteFileResponse answer;
  private @Nullable Status status;
  private @Nullable Metadata trailers;

  FileWriteCall(Transport transport) {
    this.transport = transport;
    this.token = transport.token();
    this.wire =
        transport.call(
            FileServiceGrpc.getWriteFileMethod(),
            CallOptions.DEFAULT.withExecutor(Runnable::run),
            token);
  }

  CallToken token() {
    return token;
  }

  void open(WriteFileRequest request) {
    wire.start(this, new Metadata());
    wire.request(1);
    wire.sendMessage(request);
  }

  /** Sends once the transport takes it; false when the call is over. */
  synchronized boolean send(WriteFileRequest request) {
    while (status == null && !wire.isReady()) {
      await();
    }
    if (status != null) {
      return false;
    }
    wire.sendMessage(request);
    if (request.hasEnd()) {
      wire.halfClose();
    }
    return true;
  }

  /** Waits for the end, and throws what the call failed with. */
  synchronized WriteFileResponse answer() {
    while (status == null) {
      await();
    }
    Status known = status;
    if (known != null && known.isOk() && answer != null) {
      return answer;
    }
    throw Failures.of(
        known == null || known.isOk()
            ? Status.CANCELLED.withDescription("the server ended the call")
            : known,
        trailers,
        transport.address());
  }

  private void await() {
    var unused =
        Interrupts.during(() -> {
          wait();
          return true;
        });
  }

  /** Ends it where it is not over. */
  void cancel() {
    wire.cancel("the writer went away", null);
  }

  @Override
  public synchronized void onReady() {
    notifyAll();
  }

  @Override
  public synchronized void onMessage(WriteFileResponse message) {
    answer = message;
  }

  @Override
  public synchronized void onClose(Status ended, Metadata with) {
    status = ended;
    trailers = with;
    notifyAll();
  }
}
