package io.clawlive.server.platform.grpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;

/** Where a call comes from. */
public final class CallerAddress {
  /** The network address of the present call, without port; empty outside a call. */
  public static final Context.Key<String> CURRENT = Context.keyWithDefault("caller-address", "");

  private CallerAddress() {}

  /** The network address of a call; empty when it came through no network. */
  public static String of(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress a
        ? a.getAddress().getHostAddress()
        : "";
  }

  /** As {@link #of}, but empty for a caller on the server's own machine. */
  static String remoteOf(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress a
            && a.getAddress().isLoopbackAddress()
        ? ""
        : of(call);
  }
}
