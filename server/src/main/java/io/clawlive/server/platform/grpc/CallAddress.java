package io.clawlive.server.platform.grpc;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;

/** Where a call comes from. */
final class CallAddress {
  private CallAddress() {}

  /** The caller's network address; empty for the server's own machine, all of it. */
  static String of(ServerCall<?, ?> call) {
    var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress inet && !inet.getAddress().isLoopbackAddress()
        ? inet.getAddress().getHostAddress()
        : "";
  }
}
