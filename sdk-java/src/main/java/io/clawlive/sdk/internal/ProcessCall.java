package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.ProcessEvent;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call that tells what a process does, putting what arrives into an inbox. The transport is
 * asked for a few messages and then for one more with every message that is taken out, so a reader
 * that does not read holds little.
 */
final class ProcessCall<Q, A> extends ClientCall.Listener<A> {
  private static final int PREFETCH = 4;

  private final ClientCall<Q, A> wire;
  private final Function<A, ProcessEvent> event;
  private final Queue<Signal> inbox;
  private final CallToken token;
  private boolean over;

  /**
   * Something that happened to a call.
   *
   * @param from the call; null when the reader was closed
   * @param event a message, else the call has ended
   * @param status how it ended
   * @param trailers what came with the end
   */
  record Signal(
      @Nullable ProcessCall<?, ?> from,
      @Nullable ProcessEvent event,
      Status status,
      @Nullable Metadata trailers) {}

  ProcessCall(
      Transport transport,
      MethodDescriptor<Q, A> method,
      Function<A, ProcessEvent> event,
      Queue<Signal> inbox) {
    this.token = transport.token();
    this.wire = transport.call(method, CallOptions.DEFAULT.withExecutor(Runnable::run), token);
    this.event = event;
    this.inbox = inbox;
  }

  /** Sends the one request. */
  ProcessCall<Q, A> ask(Q request) {
    open(request);
    wire.halfClose();
    return this;
  }

  /** Sends the first of several requests. */
  ProcessCall<Q, A> open(Q request) {
    wire.start(this, new Metadata());
    wire.request(PREFETCH);
    wire.sendMessage(request);
    return this;
  }

  /** Sends a further request once the transport takes it; false when the call is over. */
  synchronized boolean send(Q request) {
    while (!over && !wire.isReady()) {
      var unused =
          Interrupts.during(() -> {
            wait();
            return true;
          });
    }
    if (!over) {
      wire.sendMessage(request);
    }
    return !over;
  }

  CallToken token() {
    return token;
  }

  /** A message was taken out of the inbox. */
  void taken() {
    wire.request(1);
  }

  void cancel() {
    wire.cancel("the reader went away", null);
    end();
  }

  @Override
  public synchronized void onReady() {
    notifyAll();
  }

  @Override
  public void onMessage(A message) {
    inbox.add(new Signal(this, event.apply(message), Status.OK, null));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end();
    inbox.add(new Signal(this, null, status, trailers));
  }

  private synchronized void end() {
    over = true;
    notifyAll();
  }
}
