package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveOptions;
import io.clawlive.sdk.Tls;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.io.File;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * One connection to one server, shared by every call of a client. HTTP/2 pings go out only while a
 * call is open, so an idle client costs the server nothing.
 */
public final class Transport implements AutoCloseable {
  private static final int MAX_INBOUND_BYTES = 16 << 20;
  // Fixed, not measured: it bounds what a reader that does not pull can hold, and saves the pings
  // that automatic sizing sends.
  private static final int FLOW_CONTROL_BYTES = 1 << 20;

  private final ClawLiveOptions options;
  private final Address address;
  private final ManagedChannel channel;

  /** Prepares the connection; it is made by the first call. */
  public Transport(ClawLiveOptions options) {
    this.options = options;
    this.address = Address.parse(options.address());
    this.channel = channel(options, address);
  }

  /** The options it was made with. */
  public ClawLiveOptions options() {
    return options;
  }

  /** The server's address for messages to people. */
  public String address() {
    return address.toString();
  }

  /** Begins a call with this credential, which is made by {@link #token}. */
  <Q, A> ClientCall<Q, A> call(
      MethodDescriptor<Q, A> method, CallOptions callOptions, CallToken token) {
    return channel.newCall(method, callOptions.withCallCredentials(token));
  }

  /** The credential for one call. */
  CallToken token() {
    return new CallToken(options.tokens());
  }

  /** Makes the next call try to connect at once, whatever happened before. */
  void hurry() {
    channel.resetConnectBackoff();
  }

  /** Whether the client was closed, so that no later try can succeed. */
  boolean isClosed() {
    return channel.isShutdown();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ManagedChannel channel(ClawLiveOptions options, Address address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.host(), address.port())
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(options.connectTimeout().toMillis(), Integer.MAX_VALUE))
            .maxInboundMessageSize(MAX_INBOUND_BYTES)
            .flowControlWindow(FLOW_CONTROL_BYTES)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(false)
            .disableRetry()
            .disableServiceConfigLookUp()
            .userAgent((options.userAgent() + " clawlive-java/" + Version.TEXT).strip());
    boolean plain = options.tls() == Tls.OFF || (options.tls() == Tls.AUTO && address.isLoopback());
    if (plain) {
      builder.usePlaintext();
    } else {
      secure(builder, options.trustedCertificates().map(java.nio.file.Path::toFile));
    }
    return builder.build();
  }

  private static void secure(NettyChannelBuilder builder, Optional<File> authorities) {
    builder.useTransportSecurity();
    if (authorities.isEmpty()) {
      return;
    }
    try {
      builder.sslContext(GrpcSslContexts.forClient().trustManager(authorities.get()).build());
    } catch (SSLException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "trustedCertificates " + authorities.get() + " cannot be used: " + unusable.getMessage(),
          unusable);
    }
  }
}
