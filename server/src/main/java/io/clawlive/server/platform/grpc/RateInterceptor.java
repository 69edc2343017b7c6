package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** Counts calls against the rates of their policy. */
@Singleton
@Order(Interceptors.RATES)
final class RateInterceptor implements ServerInterceptor {
  private final Rates rates;

  RateInterceptor(Rates rates) {
    this.rates = rates;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    if (Rates.of(call.getMethodDescriptor()).isEmpty()) {
      return listener;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        rates.count(call, (Message) message);
        super.onMessage(message);
      }
    };
  }
}
