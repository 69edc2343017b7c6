package io.clawlive.server.platform.grpc;

import io.grpc.Attributes;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Lets a call come from any address and any caller, where a test's machine has only its own. */
final class Pretence implements ServerInterceptor {
  private static final Metadata.Key<String> ADDRESS =
      Metadata.Key.of("test-address", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> CALLER =
      Metadata.Key.of("test-caller", Metadata.ASCII_STRING_MARSHALLER);

  /** For the caller's side; an empty caller is nobody. */
  static ClientInterceptor of(String address, String caller) {
    var headers = new Metadata();
    headers.put(ADDRESS, address);
    headers.put(CALLER, caller);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String address = headers.get(ADDRESS);
    if (address == null) {
      return next.startCall(call, headers);
    }
    Attributes attributes =
        call.getAttributes().toBuilder()
            .set(
                Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
                new InetSocketAddress(InetAddress.ofLiteral(address), 7))
            .build();
    return Contexts.interceptCall(
        Context.current().withValue(CallerKey.CURRENT, headers.get(CALLER)),
        new SimpleForwardingServerCall<>(call) {
          @Override
          public Attributes getAttributes() {
            return attributes;
          }
        },
        headers,
        next);
  }
}
