package io.clawlive.server.platform.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls of another noun's RPC on behalf of whoever makes the present call: through the inner door
 * with the caller's own credential and address, so that the RPC's own access rule, rates and
 * validation decide, as if the caller had made the call.
 */
@Singleton
public final class InnerCalls {
  /** The authorization header of the present call; null when it brought none. */
  static final Context.Key<@Nullable String> AUTHORIZATION = Context.key("authorization-header");

  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final BeanProvider<InnerDoor> door;

  InnerCalls(BeanProvider<InnerDoor> door) {
    // Asked for at the first call: the door is made of all services, the one that calls too.
    this.door = door;
  }

  /**
   * Calls and waits.
   *
   * @throws io.grpc.StatusRuntimeException what the RPC answered
   */
  public <Q, S> S call(MethodDescriptor<Q, S> method, Q request, Duration patience) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    String address = CallerAddress.CURRENT.get();
    if (!address.isEmpty()) {
      options = options.withOption(InnerDoor.CALLER, InetAddress.ofLiteral(address));
    }
    Metadata headers = new Metadata();
    String authorization = AUTHORIZATION.get();
    if (authorization != null) {
      headers.put(HEADER, authorization);
    }
    Channel channel =
        ClientInterceptors.intercept(
            door.get(), MetadataUtils.newAttachHeadersInterceptor(headers));
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }
}
