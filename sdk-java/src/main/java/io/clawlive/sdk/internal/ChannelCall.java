package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One Connect call, from hello to its end. Its link guards it, and takes one message before it asks
 * for the next.
 */
final class ChannelCall extends ClientCall.Listener<ConnectResponse> {
  private final ChannelLink link;
  private final Transport transport;
  private final CallToken token;
  private final ClientCall<ConnectRequest, ConnectResponse> wire;
  private @Nullable Future<?> helloLimit;
  private boolean welcome;
  private boolean asking;

  ChannelCall(ChannelLink link, Transport transport) {
    this.link = link;
    this.transport = transport;
    this.token = transport.token();
    // Messages are only taken in on the connection's own thread; handlers run elsewhere.
    this.wire =
        transport.call(
            AgentChannelServiceGrpc.getConnectMethod(),
            CallOptions.DEFAULT.withExecutor(Runnable::run),
            token);
  }

  void start(ChannelHello hello) {
    helloLimit =
        Timer.after(
            transport.options().callTimeout(),
            () -> wire.cancel("the server did not answer in time", null));
    wire.start(this, new Metadata());
    ask();
    send(ConnectRequest.newBuilder().setHello(hello).build());
  }

  CallToken token() {
    return token;
  }

  /** Whether the server has answered hello. */
  boolean isWelcome() {
    return welcome;
  }

  void welcomed() {
    welcome = true;
    stopLimit();
  }

  /** Asks for one message, unless one is asked for already. */
  void ask() {
    if (!asking) {
      asking = true;
      wire.request(1);
    }
  }

  void send(ConnectRequest request) {
    wire.sendMessage(request);
  }

  void halfClose() {
    wire.halfClose();
  }

  void cancel() {
    stopLimit();
    wire.cancel("closed by the caller", null);
  }

  @Override
  public void onMessage(ConnectResponse message) {
    link.onMessage(this, message, () -> asking = false);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    stopLimit();
    link.onClose(this, status, trailers);
  }

  private void stopLimit() {
    Future<?> limit = helloLimit;
    if (limit != null) {
      limit.cancel(false);
    }
  }
}
