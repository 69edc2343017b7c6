package io.clawlive.server.platform.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Carries the address of whoever stands at an outer door through the inner one, so that everything
 * behind sees it as the address of the call. Only the inner door's server looks for the header: who
 * sends it over a network is not believed, because nobody reads it there.
 */
final class OuterAddress {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("clawlive-outer-address", Metadata.ASCII_STRING_MARSHALLER);

  private OuterAddress() {}

  /** Puts the address into the headers, and whatever a caller wrote there out. */
  static final class Sender implements ClientInterceptor {
    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(
        MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<S> listener, Metadata headers) {
          headers.discardAll(HEADER);
          InetAddress caller = options.getOption(InnerDoor.CALLER);
          if (caller != null) {
            headers.put(HEADER, caller.getHostAddress());
          }
          super.start(listener, headers);
        }
      };
    }
  }

  /** Makes the address that of the call. */
  static final class Receiver implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      String text = headers.get(HEADER);
      if (text == null) {
        return next.startCall(call, headers);
      }
      headers.discardAll(HEADER);
      Attributes attributes =
          call.getAttributes().toBuilder()
              .set(
                  Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
                  new InetSocketAddress(InetAddress.ofLiteral(text), 0))
              .build();
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public Attributes getAttributes() {
              return attributes;
            }
          },
          headers);
    }
  }
}
