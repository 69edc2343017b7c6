package io.clawlive.server.platform.grpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HexFormat;

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

  /**
   * What a call is counted by: its network address, the first half of an IPv6 one, because whoever
   * has one such address has all with the same first half. Empty on the server's own machine.
   */
  static String counted(ServerCall<?, ?> call) {
    if (!(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress a)
        || a.getAddress().isLoopbackAddress()) {
      return "";
    }
    return a.getAddress() instanceof Inet6Address wide
        ? HexFormat.of().formatHex(wide.getAddress(), 0, 8) + "/64"
        : a.getAddress().getHostAddress();
  }
}
