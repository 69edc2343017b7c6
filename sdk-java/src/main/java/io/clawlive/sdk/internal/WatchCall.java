package io.clawlive.sdk.internal;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One call that delivers events, putting what arrives into an inbox. The transport is asked for two
 * messages and then for one more with every message that is taken out.
 */
final class WatchCall<Q, A> extends ClientCall.Listener<A> {
  private static final int PREFETCH = 2;

  private final ClientCall<Q, A> wire;
  private final Queue<Signal<A>> inbox;
  private final CallToken token;

  /**
   * Something that happened to a call.
   *
   * @param from the call; null when the reader was closed
   * @param message a message, else the call has ended
   * @param status how it ended
   * @param trailers what came with the end
   */
  record Signal<A>(
      @Nullable WatchCall<?, A> from,
      @Nullable A message,
      Status status,
      @Nullable Metadata trailers) {}

  WatchCall(Transport transport, MethodDescriptor<Q, A> method, Queue<Signal<A>> inbox) {
    this.token = transport.token();
    this.wire = transport.call(method, CallOptions.DEFAULT.withExecutor(Runnable::run), token);
    this.inbox = inbox;
  }

  CallToken token() {
    return token;
  }

  void start(Q request) {
    wire.start(this, new Metadata());
    wire.request(PREFETCH);
    wire.sendMessage(request);
    wire.halfClose();
  }

  /** A message was taken out of the inbox. */
  void taken() {
    wire.request(1);
  }

  void cancel() {
    wire.cancel("the reader went away", null);
  }

  @Override
  public void onMessage(A message) {
    inbox.add(new Signal<>(this, message, Status.OK, null));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    inbox.add(new Signal<>(this, null, status, trailers));
  }
}
