package io.clawlive.server.identity;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Access;
import io.clawlive.policy.v1.Owner;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.platform.grpc.CallerKey;
import io.clawlive.server.platform.grpc.Interceptors;
import io.clawlive.server.platform.grpc.Policies;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.RequestFields;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Applies the access rule of an RPC: finds out who calls before the call starts, and holds the
 * owner rule against the first message.
 */
@Singleton
@Order(Interceptors.ACCESS)
final class AccessInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  private final ApiKeys keys;
  private final Map<Resource, ResourceOwners> owners;

  AccessInterceptor(ApiKeys keys, List<ResourceOwners> owners) {
    this.keys = keys;
    this.owners =
        owners.stream().collect(Collectors.toMap(ResourceOwners::resource, Function.identity()));
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = authenticate(headers);
    Optional<Access> access = Policies.of(call.getMethodDescriptor()).map(Policy::getAccess);
    access.ifPresent(rule -> admit(caller, rule));
    Context context =
        Context.current()
            .withValues(Caller.CURRENT, caller, CallerKey.CURRENT, caller.actor().getId());
    ServerCall.Listener<Q> listener = Contexts.interceptCall(context, call, headers, next);
    return access.filter(Access::hasOwner).isPresent()
        ? new OwnerCheck<>(listener, caller, access.get().getOwner())
        : listener;
  }

  private Caller authenticate(Metadata headers) {
    String header = headers.get(AUTHORIZATION);
    if (header == null) {
      return new Caller.Spectator();
    }
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          "The authorization header is not of the form 'Bearer <key>'.");
    }
    return keys.authenticate(header.substring(BEARER.length()).strip());
  }

  private static void admit(Caller caller, Access access) {
    switch (access.getRuleCase()) {
      case PUBLIC -> {}
      case SIGNED_IN, OWNER -> requireCredential(caller);
      case ADMIN -> {
        requireCredential(caller);
        if (!(caller instanceof Caller.AccountCaller account && account.admin())) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_ADMIN_ONLY, "Only an administrator may do this.");
        }
      }
      case RULE_NOT_SET -> throw new IllegalStateException("an RPC without an access rule");
    }
  }

  private static void requireCredential(Caller caller) {
    if (caller instanceof Caller.Spectator) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
          "This call needs a credential and brought none.");
    }
  }

  private final class OwnerCheck<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Caller caller;
    private final Owner rule;
    private boolean passed;

    OwnerCheck(ServerCall.Listener<Q> next, Caller caller, Owner rule) {
      super(next);
      this.caller = caller;
      this.rule = rule;
    }

    @Override
    public void onMessage(Q message) {
      if (!passed) {
        check((Message) message);
        passed = true;
      }
      super.onMessage(message);
    }

    private void check(Message request) {
      String id = RequestFields.read(request, rule.getField());
      if (id.isEmpty()) {
        // The field is required by its own rule, so only a first message of another shape gets
        // here.
        throw Refusal.of(
            ErrorReason.ERROR_REASON_PUBLISH_NOT_OPENED,
            "The first message must set " + rule.getField() + ".");
      }
      if (!caller.mayActFor(owners.get(rule.getResource()).ownerOf(id))) {
        throw Refusal.of(
            ErrorReason.ERROR_REASON_NOT_OWNER,
            "The credential is not of the owner of " + rule.getField() + " " + id + ".",
            rule.getField(),
            id);
      }
    }
  }
}
