package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** Holds every request message against the rules beside its fields. */
@Singleton
@Order(Interceptors.VALIDATION)
final class ValidationInterceptor implements ServerInterceptor {
  private final FieldRules rules;

  ValidationInterceptor(FieldRules rules) {
    this.rules = rules;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof Message request) {
          rules.check(request);
        }
        super.onMessage(message);
      }
    };
  }
}
