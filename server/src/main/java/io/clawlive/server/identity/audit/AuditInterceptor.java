package io.clawlive.server.identity.audit;

import io.clawlive.policy.v1.Policy;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Interceptors;
import io.clawlive.server.platform.grpc.Policies;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** Takes the name of a change from the RPC's policy to where the change is made. */
@Singleton
@Order(Interceptors.AUDIT)
final class AuditInterceptor implements ServerInterceptor {
  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String action = Policies.of(call.getMethodDescriptor()).map(Policy::getAudit).orElse("");
    if (action.isEmpty()) {
      return next.startCall(call, headers);
    }
    var audit = new AuditContext(action, AuditContext.actor(Caller.CURRENT.get()));
    return Contexts.interceptCall(
        Context.current().withValue(AuditContext.CURRENT, audit), call, headers, next);
  }
}
