package io.clawlive.server.platform.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** Keeps the credential of a unary call while it lasts, for {@link InnerCalls} alone. */
@Singleton
@Order(Interceptors.CREDENTIAL)
final class CredentialKeeper implements ServerInterceptor {
  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String header = headers.get(InnerCalls.HEADER);
    return header == null || call.getMethodDescriptor().getType() != MethodType.UNARY
        ? next.startCall(call, headers)
        : Contexts.interceptCall(
            Context.current().withValue(InnerCalls.AUTHORIZATION, header), call, headers, next);
  }
}
